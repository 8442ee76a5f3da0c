package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file of rules decides where Postern may connect, within what is never open.
final class EgressFileTest {
  private static final String RULES =
      """
      # the relay, and nothing else of the own network
      allow 10.1.2.25        587
      allow 2001:db8:25::/64 465,587
      deny  10.0.0.0/8          # the rest
      allow any              25,80,8000-8100
      allow 169.254.0.0/16
      allow 127.0.0.1
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "10.1.2.25,587,true",
    "10.1.2.25,25,false",
    "10.1.2.26,587,false",
    "::ffff:10.1.2.26,25,false",
    "64:ff9b::a01:21a,25,false",
    "2001:db8:25::9,465,true",
    "2001:db8:26::9,465,false",
    "203.0.113.25,25,true",
    "203.0.113.25,7999,false",
    "203.0.113.25,8000,true",
    "203.0.113.25,8100,true",
    "203.0.113.25,8101,false",
    "169.254.169.254,80,false",
    "127.0.0.1,2525,true",
    "127.0.0.1,8080,false"
  })
  void R511_the_first_rule_that_fits_decides_and_the_rest_is_closed(
      String address, int port, boolean open) throws IOException {
    var refusal = gate(RULES).refusal(InetAddress.ofLiteral(address), port);
    assertThat(refusal == null).as(refusal).isEqualTo(open);
  }

  @Test
  void a_refusal_names_the_line_that_closed_it_or_the_one_that_would_open_it() throws IOException {
    var gate = gate(RULES);
    assertThat(gate.refusal(InetAddress.ofLiteral("10.9.9.9"), 25))
        .isEqualTo(
            "10.9.9.9 port 25 is closed by line 4 of the egress rules in %s.".formatted(file()));
    assertThat(gate.refusal(InetAddress.ofLiteral("203.0.113.25"), 587))
        .endsWith("Add a line: allow 203.0.113.25 587");
  }

  /// A rule for one address in disguise is a rule for that address.
  @Test
  void R511_a_rule_and_an_address_meet_in_every_notation() throws IOException {
    for (var written : List.of("10.1.2.25", "::ffff:10.1.2.25", "64:ff9b::a01:219/128")) {
      var gate = gate("allow %s 25".formatted(written));
      for (var dialed : List.of("10.1.2.25", "64:ff9b::a01:219", "2002:a01:219::9")) {
        assertThat(gate.refusal(InetAddress.ofLiteral(dialed), 25)).as(written).isNull();
      }
      assertThat(gate.refusal(InetAddress.ofLiteral("10.1.2.26"), 25)).as(written).isNotNull();
    }
  }

  /// No rule opens the database; a rule that opens all else has its reason told.
  @Test
  void R511_a_file_of_rules_does_not_open_the_database() throws IOException {
    Files.writeString(file(), "allow any");
    var process =
        ProcessSettings.resolve(
            Map.of(
                Setting.EGRESS,
                file().toString(),
                Setting.DATABASE_URL,
                "postgresql://postern@203.0.113.7/postern"),
            Map.of());
    var gate = EgressGate.of(process, process::port);
    assertThat(gate.refusal(InetAddress.ofLiteral("64:ff9b::cb00:7107"), 5432))
        .contains("database");
    assertThat(gate.refusal(InetAddress.ofLiteral("203.0.113.7"), 25)).isNull();
  }

  /// A certificate must not lead Postern to a private address that is open for the relay.
  @Test
  void R510_a_peer_chooses_no_private_address() throws IOException {
    var gate = (EgressGate) gate("allow any").chosenByPeer();
    assertThat(gate.refusal(InetAddress.ofLiteral("10.1.2.25"), 80)).contains("private");
    assertThat(gate.refusal(InetAddress.ofLiteral("203.0.113.25"), 80)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permit any | line 1 begins with \"permit\"; write allow or deny",
        "allow | line 1 takes the form: allow ADDRESS[/BITS]",
        "allow any 25 26 | line 1 takes the form",
        "allow mail.example.com | names \"mail.example.com\"; write an address",
        "allow 10.0.0.0/33 | names \"10.0.0.0/33\"",
        "allow ::/129 | names \"::/129\"",
        "allow 64:ff9b::/96 | names \"64:ff9b::/96\"",
        "allow 2002:a01::/32 | names \"2002:a01::/32\"",
        "deny 10.0.0.0/ | names \"10.0.0.0/\"",
        "allow any 0 | names the ports \"0\"",
        "allow any 65536 | names the ports \"65536\"",
        "allow any 30-20 | names the ports \"30-20\"",
        "allow any 25,, | names the ports \"25,,\"",
        "# nothing | no rule",
      })
  void a_line_that_is_not_understood_stops_the_start(String line, String said) {
    assertThatThrownBy(() -> gate(line))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining(said.strip());
  }

  @Test
  void a_file_holds_1000_rules_and_not_one_more() throws IOException {
    assertThat(gate("allow any 25\n".repeat(EgressFile.RULES_MAX))).isNotNull();
    assertThatThrownBy(() -> gate("allow any 25\n".repeat(EgressFile.RULES_MAX + 1)))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining("more than 1000 rules");
  }

  @Test
  void a_file_of_262144_octets_is_read_and_not_one_more() throws IOException {
    var rule = "allow any 25\n";
    assertThat(gate(rule + "#".repeat(EgressFile.OCTETS_MAX - rule.length()))).isNotNull();
    assertThatThrownBy(() -> gate(rule + "#".repeat(EgressFile.OCTETS_MAX - rule.length() + 1)))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining("octets");
  }

  private Path file() {
    return directory.resolve("egress.rules");
  }

  private EgressGate gate(String rules) throws IOException {
    Files.writeString(file(), rules);
    var process = ProcessSettings.resolve(Map.of(Setting.EGRESS, file().toString()), Map.of());
    return EgressGate.of(process, process::port);
  }
}
