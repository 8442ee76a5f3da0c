package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.Port;
import io.postern.smtp.diagnosis.Observation.Port.Whose;
import io.postern.smtp.session.Attempts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// Which ports open, here and at machines that have nothing to do with the relay: TCP connections
/// that are closed at once.
final class Ports {
  /// Where mail is handed in, and 443, which every network lets out.
  static final List<Integer> SIBLINGS = List.of(587, 465, 2525, 25, 443);

  static final int WEB = 443;
  private static final Set<Integer> MAIL = Set.of(25, 465, 587, 2525);

  /// Open to everybody on 25, 465 and 587 by their documentation:
  /// support.google.com/mail/answer/7104828 and hilfe.gmx.net. The second is for those who
  /// configure the first.
  private static final List<String> MAIL_HOSTS = List.of("smtp.gmail.com", "mail.gmx.net");

  /// documentation.mailgun.com: "ports 25, 587, 2525".
  private static final String HOST_OF_2525 = "smtp.mailgun.org";

  /// Gmail's exchanger, for the port of incoming mail.
  private static final List<String> HOSTS_OF_25 =
      List.of("gmail-smtp-in.l.google.com", "mx00.gmx.net");

  private static final List<String> WEB_HOSTS = List.of("www.google.com", "cloudflare.com");

  private final Site site;

  Ports(Site site) {
    this.site = site;
  }

  /// The relay's own ports at one address.
  List<Observation> own(InetAddress address, int port) {
    return List.of(knock(Whose.RELAY, address, port));
  }

  /// The same port at a machine of somebody else.
  List<Observation> elsewhere(String host, int port) {
    var addresses = site.addressesOf(host);
    return addresses.isEmpty()
        ? List.of()
        : List.of(knock(Whose.UNRELATED, addresses.getFirst(), port));
  }

  /// Who else listens on a mail port.
  static String unrelatedMail(String host, int port) {
    var hosts =
        switch (port) {
          case 25 -> HOSTS_OF_25;
          case 2525 -> List.of(HOST_OF_2525, MAIL_HOSTS.getFirst());
          default -> MAIL_HOSTS;
        };
    return hosts.stream()
        .filter(each -> !sameOwner(each, host))
        .findFirst()
        .orElse(hosts.getLast());
  }

  static List<String> unrelatedWeb() {
    return WEB_HOSTS;
  }

  /// The mail port to compare with elsewhere: other ports than these nobody has.
  static int comparable(int port) {
    return MAIL.contains(port) && port != 2525 ? port : port == 2525 ? 2525 : 587;
  }

  private static boolean sameOwner(String one, String other) {
    return domain(one).equals(domain(other));
  }

  private static String domain(String host) {
    var dot = host.lastIndexOf('.', host.lastIndexOf('.') - 1);
    return host.substring(dot + 1);
  }

  private Port knock(Whose whose, InetAddress address, int port) {
    var text = HostName.of(address).ascii();
    try (var _ = site.network().dialer().dial(new InetSocketAddress(address, port), Site.EACH)) {
      return new Port(whose, text, port, true, Reason.OTHER);
    } catch (IOException e) {
      return new Port(whose, text, port, false, Attempts.reason(e));
    }
  }
}
