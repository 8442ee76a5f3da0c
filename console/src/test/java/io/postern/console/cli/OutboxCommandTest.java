package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.platform.UnusableSettingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `postern outbox`, beside a running server and without one.
final class OutboxCommandTest {

  @TempDir Path directory;
  private RunningConsole console;
  private StringWriter output = new StringWriter();
  private StringWriter errors = new StringWriter();

  @BeforeEach
  void start() {
    // The command reads the clock of the machine: the same for both, or mail is long over for one.
    console = RunningConsole.start(directory, Map.of(), Instant.now());
    var root = Visits.setUp(console);
    root.submit(
        "/system/tenants/new",
        "/system/tenants",
        Map.of(
            "orgName", "Acme", "firstName", "Ada", "lastName", "Love", "emailId", "ada@acme.test"));
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void list_names_state_recipient_and_subject_and_takes_filters() {
    assertThat(run("list")).isZero();
    assertThat(output.toString()).contains("queued").contains("ada@acme.test").contains("1 of 1.");

    assertThat(run("list", "--state", "failed")).isZero();
    assertThat(output.toString()).contains("0 of 0.");
  }

  @Test
  void json_is_one_object_with_the_words_of_the_api() {
    assertThat(run("list", "--json")).isZero();
    assertThat(output.toString())
        .startsWith("{")
        .contains("\"state\":\"queued\"")
        .contains("\"to\":\"ada@acme.test\"");
  }

  @Test
  void a_mail_is_shown_and_cancelled_while_the_server_runs() {
    var uid = uid();
    assertThat(run("show", uid)).isZero();
    assertThat(output.toString()).contains("Queued: waits for its turn").contains("expires");

    assertThat(run("cancel", uid)).isZero();
    assertThat(run("show", uid, "--json")).isZero();
    assertThat(output.toString()).contains("\"state\":\"cancelled\"");
  }

  @Test
  void everything_works_without_a_server_too() {
    var uid = uid();
    console.close();

    assertThat(run("pause")).isZero();
    assertThat(run("resume", "--json")).isZero();
    assertThat(output.toString()).contains("{\"paused\":false}");
    assertThat(run("retry", uid)).isZero();
    assertThat(run("retry", "--all", "--json")).isZero();
    assertThat(output.toString()).contains("\"released\":0");
  }

  @Test
  void who_retries_while_sending_is_paused_is_told() {
    var uid = uid();
    run("pause");

    assertThat(run("retry", uid)).isZero();
    assertThat(output.toString()).contains("Sending is paused: ./postern outbox resume");
    assertThat(run("retry", "--all")).isZero();
    assertThat(output.toString()).contains("0 mails are due now. Sending is paused");
    assertThat(run("retry", "--all", "--json")).isZero();
    assertThat(output.toString()).contains("\"paused\":true");
  }

  @Test
  void what_cannot_be_done_is_a_sentence_and_status_1() {
    var uid = uid();
    run("cancel", uid);

    assertThat(run("retry", uid)).isEqualTo(1);
    assertThat(errors.toString())
        .contains("Nothing was done: the mail is cancelled (somebody stopped it).");
    assertThat(run("show", "0".repeat(32))).isEqualTo(1);
    assertThat(errors.toString()).contains("There is no mail");
  }

  @Test
  void wrong_usage_is_status_2_and_names_what_is_possible() {
    assertThat(run("list", "--state", "sleeping")).isEqualTo(2);
    assertThat(errors.toString()).contains("retry-wait");
    assertThat(run("retry")).isEqualTo(2);
    assertThat(run("list", "--limit", "0")).isEqualTo(2);
  }

  @Test
  void nothing_is_made_where_there_is_no_instance(@TempDir Path empty) {
    assertThat(execute("outbox", "list", "--data-dir", empty.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("There is no database in " + empty);
    assertThat(Files.exists(empty.resolve("key"))).isFalse();
  }

  private String uid() {
    run("list");
    return output.toString().substring(0, 32);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("outbox"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--data-dir", directory.toString()));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    output = new StringWriter();
    errors = new StringWriter();
    var line =
        Launch.commandLine(_ -> {
          throw new UnusableSettingException("Nothing serves in this test.");
        });
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(arguments);
  }
}
