package io.postern.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
  void an_unknown_option_is_wrong_usage() {
    assertEquals(2, run("serve", "--no-such-option"));
    assertTrue(errors.toString().contains("--no-such-option"), errors.toString());
  }

  @Test
  void what_cannot_be_used_is_one_sentence_and_status_1() {
    assertEquals(1, run("serve", "--port", "70000"));
    assertEquals(
        "postern: The port is \"70000\"; it takes a number from 1 to 65535.",
        errors.toString().strip());
  }

  private int run(String... arguments) {
    var line =
        Launch.commandLine(_ -> {
          throw new UnusableSettingException("Nothing serves in this test.");
        });
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(arguments);
  }
}
