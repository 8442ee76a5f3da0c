package io.postern.console.settings;

import io.postern.console.platform.Cidr;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.DatabaseFactory;
import io.postern.smtp.HostName;
import io.postern.smtp.session.Dialer;
import io.postern.smtp.session.EgressDeniedException;
import io.postern.smtp.session.SystemDialer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Decides where Postern may connect, by the very address that is then connected (R-510 to R-514;
/// PLAN 1).
final class EgressGate implements Dialer {
  /// Never: unspecified, link-local, multicast, broadcast and reserved; and where clouds answer
  /// their machines outside link-local: Amazon over IPv6, Alibaba, Oracle, Azure.
  private static final List<Cidr> ALWAYS_DENIED =
      Cidr.list(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/128",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8",
          "fd00:ec2::254/128",
          "100.100.100.200/32",
          "192.0.0.192/32",
          "168.63.129.16/32");

  private final Dialer dialer;
  private final EgressRules rules;
  private final OwnDoors own;

  EgressGate(Dialer dialer, EgressRules rules, OwnDoors own) {
    this.dialer = dialer;
    this.rules = rules;
    this.own = own;
  }

  /// @param served the port on which the console is served, asked at each connection
  /// @throws UnusableSettingException when the rules are neither a known word nor a file of rules:
  ///   whoever asks for less than everything must not get everything
  static EgressGate of(ProcessSettings process, IntSupplier served) {
    var word = String.valueOf(process.text(Setting.EGRESS));
    var rules =
        switch (word) {
          case "operator" -> new EgressRules.Operator();
          case "strict" -> EgressRules.Strict.submission();
          default -> EgressFile.read(Path.of(word));
        };
    return new EgressGate(
        new SystemDialer(),
        rules,
        new OwnDoors(process, served, DatabaseFactory.listeners(process)));
  }

  @Override
  public Socket dial(InetSocketAddress address, Duration within) throws IOException {
    judge(address.getAddress(), address.getPort());
    return dialer.dial(address, within);
  }

  @Override
  public void beforeLookUp(HostName host, int port) throws EgressDeniedException {
    var answer = rules.onlyAnswer();
    if (answer != null && rules.closes(port)) {
      throw new EgressDeniedException(answer, false);
    }
  }

  /// Where the reason is told, the look-up shows its addresses, and the connection is what fails.
  @Override
  public void afterLookUp(List<InetAddress> found, int port) throws EgressDeniedException {
    if (rules.onlyAnswer() != null) {
      for (var address : found) {
        judge(address, port);
      }
    }
  }

  /// Issuers, OCSP responders and lists of revoked certificates are asked over plain HTTP, whatever
  /// the certificate of a peer says; never on private addresses. Where the rules of the instance
  /// are strict, not at all.
  @Override
  public Dialer chosenByPeer() {
    return new EgressGate(dialer, rules.forPeers(), own);
  }

  private void judge(InetAddress given, int port) throws EgressDeniedException {
    var refusal = refusal(given, port);
    if (refusal != null) {
      var forGood = rules.onlyAnswer() == null && never(Cidr.unwrap(given), port) != null;
      throw new EgressDeniedException(refusal, forGood);
    }
  }

  /// @return why the destination is forbidden, null when it is not
  @Nullable String refusal(InetAddress given, int port) {
    var address = Cidr.unwrap(given);
    var never = never(address, port);
    var answer = rules.onlyAnswer();
    return never == null ? rules.refusal(address, port) : answer == null ? never : answer;
  }

  /// What no rule opens.
  private @Nullable String never(InetAddress address, int port) {
    if (ALWAYS_DENIED.stream().anyMatch(range -> range.contains(address))) {
      return "Postern does not connect to %s: link-local, metadata, multicast and reserved addresses are never mail servers."
          .formatted(HostName.of(address));
    }
    return own.whose(address, port);
  }
}
