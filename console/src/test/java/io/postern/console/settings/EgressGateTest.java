package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.smtp.session.EgressDeniedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where Postern may connect, by the setting of the process (PLAN 1).
final class EgressGateTest {
  @ParameterizedTest
  @CsvSource({
    "operator,192.168.1.25,2500,true",
    "operator,127.0.0.1,25,true",
    "operator,169.254.169.254,80,false",
    "operator,127.0.0.1,8080,false",
    "strict,192.168.1.25,25,false",
    "strict,127.0.0.1,25,false",
    "strict,203.0.113.25,587,true",
    "strict,203.0.113.25,2500,false"
  })
  void R511_addresses_and_ports_are_open_or_closed(
      String word, String address, int port, boolean open) {
    var refusal = gate(word).refusal(InetAddress.ofLiteral(address), port);
    assertThat(refusal == null).as(refusal).isEqualTo(open);
  }

  @ParameterizedTest
  @ValueSource(ints = {25, 465, 587, 2525})
  void R513_strict_opens_the_ports_of_mail(int port) {
    assertThat(gate("strict").refusal(InetAddress.ofLiteral("203.0.113.25"), port)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 24, 26, 443, 464, 466, 586, 588, 2524, 2526, 6379, 65535})
  void R513_strict_opens_no_other_port_and_an_operator_any(int port) {
    var relay = InetAddress.ofLiteral("203.0.113.25");
    assertThat(gate("strict").refusal(relay, port)).isNotNull();
    assertThat(gate("operator").refusal(relay, port)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Strict", "/no/such/rules", ""})
  void another_word_stops_the_start_and_does_not_open_everything(String word) {
    assertThatThrownBy(() -> gate(word)).isInstanceOf(UnusableSettingException.class);
  }

  @Test
  void without_the_setting_an_operator_decides() {
    assertThat(gate(Map.of(), 8080).refusal(InetAddress.ofLiteral("10.0.0.1"), 25)).isNull();
  }

  /// What a certificate names is fetched from public addresses over plain HTTP, or not at all.
  @ParameterizedTest
  @CsvSource({
    "operator,203.0.113.25,80,true",
    "operator,203.0.113.25,8080,false",
    "operator,192.168.1.25,80,false",
    "operator,127.0.0.1,80,false",
    "operator,169.254.169.254,80,false",
    "strict,203.0.113.25,80,false"
  })
  void addresses_that_a_peer_names_have_the_strictest_rules(
      String word, String address, int port, boolean open) {
    var refusal =
        ((EgressGate) gate(word).chosenByPeer()).refusal(InetAddress.ofLiteral(address), port);
    assertThat(refusal == null).as(refusal).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "operator,169.254.169.254,25,true",
    "operator,::ffff:169.254.169.254,25,true",
    "operator,127.0.0.1,8080,true",
    "strict,10.0.0.1,25,false",
    "strict,203.0.113.25,2500,false"
  })
  void what_no_rule_opens_is_told_from_what_a_rule_closes(
      String word, String address, int port, boolean forGood) {
    var target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    assertThatThrownBy(() -> gate(word).dial(target, Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            EgressDeniedException.class,
            denied -> assertThat(denied.isForGood()).isEqualTo(forGood));
  }

  @Test
  void an_ipv6_address_is_written_as_operators_do() {
    assertThat(gate("strict").refusal(InetAddress.ofLiteral("::1"), 25))
        .startsWith("::1 is a private address");
  }

  /// With `--port 0` the port is known only once the server has started.
  @Test
  void R511_a_free_port_is_closed_once_it_is_known() {
    var served = new AtomicInteger();
    var process = ProcessSettings.resolve(Map.of(Setting.PORT, "0"), Map.of());
    var gate = EgressGate.of(process, served::get);
    served.set(41_234);
    assertThat(gate.refusal(InetAddress.ofLiteral("127.0.0.1"), 41_234))
        .isEqualTo("Port 41234 on this machine is Postern itself.");
    assertThat(gate.refusal(InetAddress.ofLiteral("::ffff:127.0.0.1"), 41_234)).isNotNull();
    assertThat(gate.refusal(InetAddress.ofLiteral("127.0.0.1"), 41_235)).isNull();
  }

  /// Every address of this machine leads to a console that listens on all of them.
  @ParameterizedTest
  @CsvSource({"0.0.0.0,true", "127.0.0.1,false"})
  void R511_a_console_that_listens_everywhere_is_closed_everywhere(String bind, boolean closed)
      throws SocketException {
    var gate = gate(Map.of(Setting.BIND, bind), 8080);
    var outer =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    assertThat(outer)
        .allSatisfy(address -> assertThat(gate.refusal(address, 8080) != null).isEqualTo(closed))
        .allSatisfy(address -> assertThat(gate.refusal(address, 8081)).isNull());
    assertThat(gate.refusal(InetAddress.ofLiteral("203.0.113.25"), 8080)).isNull();
  }

  private static EgressGate gate(String word) {
    return gate(Map.of(Setting.EGRESS, word), 8080);
  }

  private static EgressGate gate(Map<Setting, String> flags, int served) {
    return EgressGate.of(ProcessSettings.resolve(flags, Map.of()), () -> served);
  }
}
