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
import java.net.UnknownHostException;
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
    "operator,100.100.100.200,80,false",
    "operator,192.0.0.192,80,false",
    "operator,168.63.129.16,80,false",
    "operator,64:ff9b:1::a9fe:a9fe,80,false",
    "operator,::ffff:0:169.254.169.254,80,false",
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
    var peers = (EgressGate) gate("operator").chosenByPeer();
    assertThat(peers.refusal(InetAddress.ofLiteral("::1"), 80))
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

  /// PostgreSQL trusts what comes from its own machine; no notation of its address leads there.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.7",
        "::ffff:203.0.113.7",
        "::203.0.113.7",
        "64:ff9b::cb00:7107",
        "2002:cb00:7107::1",
        "2001:0:5ef5:79fd::34ff:8ef8"
      })
  void R511_the_listener_of_the_database_is_closed_in_every_notation(String notation) {
    var address = InetAddress.ofLiteral(notation);
    var gate = beside("postgresql://postern@203.0.113.7:6543/postern");
    assertThat(gate.refusal(address, 6543))
        .isEqualTo("Port 6543 of 203.0.113.7 is the database of Postern.");
    assertThat(gate.refusal(address, 5432)).isNull();
    assertThat(beside("postgresql://postern@203.0.113.7/postern").refusal(address, 5432))
        .isNotNull();
    assertThat(gate("operator").refusal(address, 6543)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[2001:db8::7]"})
  void R511_the_listener_of_the_database_is_closed_at_what_its_name_leads_to(String host)
      throws UnknownHostException {
    var gate = beside("postgresql://postern@%s/postern".formatted(host));
    assertThat(InetAddress.getAllByName(host))
        .allSatisfy(address -> assertThat(gate.refusal(address, 5432)).contains("database"))
        .allSatisfy(address -> assertThat(gate.refusal(address, 25)).isNull());
    assertThat(gate.refusal(InetAddress.ofLiteral("2001:db8::8"), 5432)).isNull();
  }

  /// It may listen on every address of this machine, whichever one Postern uses.
  @Test
  void R511_a_database_on_this_machine_is_closed_at_every_address_of_it() throws SocketException {
    var gate = beside("postgresql://postern@localhost/postern");
    assertThat(
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress()))
        .isNotEmpty()
        .allSatisfy(address -> assertThat(gate.refusal(address, 5432)).contains("database"));
    assertThat(gate.refusal(InetAddress.ofLiteral("127.77.0.1"), 5432)).contains("database");
    assertThat(gate.refusal(InetAddress.ofLiteral("203.0.113.7"), 5432)).isNull();
  }

  @Test
  void R511_a_database_without_a_host_stops_the_start() {
    assertThatThrownBy(() -> beside("postgresql://postern@no-such-host.invalid/postern"))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining("there is no host no-such-host.invalid");
  }

  private static EgressGate beside(String database) {
    return gate(Map.of(Setting.DATABASE_URL, database), 8080);
  }

  private static EgressGate gate(String word) {
    return gate(Map.of(Setting.EGRESS, word), 8080);
  }

  private static EgressGate gate(Map<Setting, String> flags, int served) {
    return EgressGate.of(ProcessSettings.resolve(flags, Map.of()), () -> served);
  }
}
