package io.postern.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.console.ConsoleServer;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The command line's shape: help, exit status, and one sentence instead of a stack trace.
class LaunchTest {
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void help_of_serve_names_every_flag_with_its_variable() {
    assertEquals(0, run("serve", "--help"));
    for (var setting : Setting.values()) {
      var flag = setting.flag();
      if (flag != null) {
        assertTrue(output.toString().contains(flag), flag);
        assertTrue(output.toString().contains(setting.variable()), setting.variable());
      }
    }
  }

  @Test
  void help_of_serve_says_what_is_in_force_and_where_it_comes_from() {
    assertEquals(0, run("serve", "--port", "9090", "--help"));
    var help = output.toString();
    assertTrue(help.matches("(?s).*POSTERN_PORT +9090 \\(flag\\).*"), help);
    assertTrue(help.matches("(?s).*POSTERN_BIND +127\\.0\\.0\\.1 \\(default\\).*"), help);
  }

  @Test
  void explain_takes_a_refusal_to_relay_for_one_of_a_recipient() {
    assertEquals(0, run("explain", "454 4.7.1 <y@x.example>: Relay access denied"));
    assertTrue(output.toString().contains("cause: relay-denied"), output.toString());
  }

  @Test
  void explain_says_that_an_agreeing_reply_reports_no_failure() {
    assertEquals(0, run("explain", "--json", "250 2.0.0 Ok"));
    assertTrue(output.toString().contains("\"cause\":null"), output.toString());
    assertEquals(0, run("explain", "354 Go ahead"));
    assertTrue(output.toString().contains("354 says to go on"), output.toString());
  }

  @Test
  void an_unknown_option_is_wrong_usage() {
    assertEquals(2, run("serve", "--no-such-option"));
    assertTrue(errors.toString().contains("--no-such-option"), errors.toString());
  }

  @Test
  void every_command_is_called_by_its_own_name() {
    var all = Launch.commandLine(ConsoleServer::start).getSubcommands();
    for (var name : all.keySet()) {
      var called = Launch.commandLine(ConsoleServer::start, name).getSubcommands();
      assertEquals(name.equals("help") ? all.keySet() : Set.of(name, "help"), called.keySet());
    }
  }

  @Test
  void a_command_that_is_near_to_none_is_answered_with_all() {
    assertEquals(2, run("bogus"));
    var said = errors.toString();
    assertTrue(said.startsWith("postern: There is no command \"postern bogus\"."), said);
    assertTrue(said.contains("  outbox ") && said.contains("  check "), said);
    assertFalse(said.contains("Did you mean"), said);
    assertFalse(said.contains("warm-up"), said);
  }

  @Test
  void a_slip_of_the_finger_is_answered_with_what_was_meant() {
    assertEquals(2, run("chekc"));
    assertEquals(
        "postern: There is no command \"postern chekc\"."
            + System.lineSeparator()
            + "Did you mean: postern check?",
        errors.toString().strip());
    assertEquals(2, run("outbox", "lst"));
    assertTrue(errors.toString().contains("Did you mean: postern outbox list?"), errors.toString());
    assertEquals(List.of(), Misspelt.near("bogus", Set.of("outbox", "key", "audit")));
    assertEquals(List.of("outbox"), Misspelt.near("outxbo", Set.of("outbox", "key", "audit")));
  }

  @Test
  void commands_on_the_database_list_the_options_that_lead_to_it_and_no_others() {
    for (var command : List.of("outbox list", "audit verify", "key list", "account list")) {
      assertEquals(0, run((command + " --help").split(" ")));
      var help = output.toString();
      assertTrue(help.contains("--data-dir") && help.contains("--key-file"), help);
      for (var other :
          List.of("--bind", "--tls-key", "--http-port", "--trusted-proxies", "--egress")) {
        assertFalse(help.contains(other), command + " " + other);
      }
      assertEquals(command.startsWith("account"), help.contains("--base-url"), help);
      output.getBuffer().setLength(0);
    }
  }

  @Test
  void what_cannot_be_used_is_one_sentence_and_status_1() {
    assertEquals(1, run("serve", "--port", "70000"));
    assertEquals(
        "postern: The port is \"70000\"; it takes a number from 1 to 65535, or 0 for any free port.",
        errors.toString().strip());
  }

  @Test
  void explain_names_the_cause_of_a_pasted_reply_and_the_stage_it_took_it_for() {
    assertEquals(0, run("explain", "postfix/smtp: said: 535 5.7.8 Error: authentication failed"));
    assertTrue(output.toString().contains("cause: auth-bad-credentials"), output.toString());
    assertTrue(output.toString().contains("Sign-in (taken from the code"), output.toString());
  }

  @Test
  void explain_reads_the_same_reply_as_it_is_told_to() {
    assertEquals(0, run("explain", "--stage", "rcpt_to", "--json", "550 No such user here"));
    assertTrue(output.toString().contains("\"cause\":\"mailbox-unknown\""), output.toString());
    assertTrue(output.toString().contains("\"stageKnown\":true"), output.toString());
  }

  @Test
  void explain_says_what_a_reply_looks_like_when_there_is_none() {
    assertEquals(2, run("explain", "it does not work"));
    assertTrue(errors.toString().contains("There is no reply code in it"), errors.toString());
  }

  /// The console removes blanks and says so; here they are a cause.
  @Test
  void check_judges_each_value_as_it_was_given() {
    assertEquals(1, run("check", "--json", "--from", "a@mx.test", " mx.test"));
    assertTrue(output.toString().contains("\"cause\":\"host-has-whitespace\""), output.toString());
  }

  @Test
  void R230_a_mechanism_that_is_none_is_wrong_usage() {
    assertEquals(2, run("check", "--mechanism", "GSSAPI", "mx.test"));
    assertTrue(errors.toString().contains("--mechanism takes one of SCRAM-SHA-256-PLUS, "));
  }

  @Test
  void R230_a_mechanism_is_known_in_any_case() {
    assertEquals(2, run("check", "--mechanism", "scram-sha-256", "--depth", "none", "mx.test"));
    assertTrue(errors.toString().startsWith("--depth "), errors.toString());
  }

  private int run(String... arguments) {
    var line =
        Launch.commandLine(
            _ -> {
              throw new UnusableSettingException("Nothing serves in this test.");
            },
            arguments[0]);
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(arguments);
  }
}
