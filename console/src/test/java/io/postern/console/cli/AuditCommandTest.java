package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.audit.Checkpoints;
import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.Standalone;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `postern audit verify`, beside a running server and without one.
final class AuditCommandTest {

  @TempDir Path directory;
  private RunningConsole console;
  private StringWriter output = new StringWriter();
  private StringWriter errors = new StringWriter();

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    var root = Visits.setUp(console);
    for (var name : List.of("Acme", "Bolt")) {
      root.submit(
          "/system/tenants/new",
          "/system/tenants",
          Map.of(
              "orgName", name, "firstName", "A", "lastName", "B", "emailId", name + "@acme.test"));
    }
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void a_whole_log_is_status_0_beside_a_server_and_without_one() {
    assertThat(run()).isZero();
    assertThat(output.toString()).contains("The audit log is whole: ").contains("anchor ");
    console.close();
    assertThat(run("--json")).isZero();
    assertThat(output.toString())
        .startsWith("{\"whole\":true,\"entries\":")
        .contains("\"anchor\":\"");
  }

  @Test
  void the_first_broken_entry_is_named_with_status_1() {
    console.close();
    tamper("update audit_entry set sentence = 'nothing' where sequence = 2");
    assertThat(run()).isEqualTo(1);
    assertThat(errors.toString()).contains("Entry 2 is not what was written.");
    assertThat(run("--json")).isEqualTo(1);
    assertThat(output.toString())
        .contains("\"whole\":false,\"sequence\":2")
        .contains("\"fault\":\"changed\"");
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void an_anchor_finds_what_the_chain_alone_cannot() {
    run();
    var anchor = output.toString().replaceAll("(?s).*anchor (\\S+).*", "$1");
    assertThat(run("--anchor", anchor)).isZero();
    var number = anchor.substring(0, anchor.indexOf(':'));
    assertThat(run("--anchor", number + ":" + "0".repeat(64))).isEqualTo(1);
    assertThat(errors.toString()).contains("the log was written anew");
  }

  @Test
  void R570_the_key_is_exported_and_proves_the_checkpoints(@TempDir Path elsewhere)
      throws IOException {
    assertThat(key()).as("no checkpoint yet").isEqualTo(1);
    assertThat(errors.toString()).contains("There is no key yet");
    takeCheckpoint();

    assertThat(key()).isZero();
    var pem = output.toString();
    assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----").doesNotContain("PRIVATE");
    var file = Files.writeString(elsewhere.resolve("audit.pem"), pem);
    assertThat(key("--json")).isZero();
    assertThat(output.toString()).contains("\"id\":\"", "BEGIN PUBLIC KEY");

    assertThat(run()).isZero();
    assertThat(output.toString()).contains("Signed checkpoints: 1, the newest of ");
    assertThat(run("--public-key", file.toString())).isZero();
    assertThat(run("--json")).isZero();
    assertThat(output.toString()).contains("\"checkpoints\":1,\"newestCheckpoint\":\"");

    tamper("update audit_checkpoint set at = at + 1");
    assertThat(run()).isEqualTo(1);
    assertThat(errors.toString()).contains("does not bear the signature of a key that counts");
    assertThat(run("--public-key", file.toString(), "--json")).isEqualTo(1);
    assertThat(output.toString()).contains("\"fault\":\"unsigned\"");
  }

  @Test
  void R570_a_key_of_another_instance_proves_nothing(@TempDir Path elsewhere) throws IOException {
    takeCheckpoint();
    // The first test vector of RFC 8032, section 7.1, in the form of RFC 8410.
    var file =
        Files.writeString(
            elsewhere.resolve("other.pem"),
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n");
    assertThat(run("--public-key", file.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("does not bear the signature of a key that counts");
  }

  @Test
  void a_file_without_a_key_is_wrong_usage(@TempDir Path elsewhere) throws IOException {
    var file = Files.writeString(elsewhere.resolve("none.pem"), "nothing");
    assertThat(run("--public-key", file.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("holds none");
    assertThat(run("--public-key", elsewhere.resolve("missing").toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("does not exist");
  }

  @Test
  void wrong_usage_is_status_2() {
    assertThat(run("--anchor", "last")).isEqualTo(2);
    assertThat(errors.toString()).contains("--anchor takes SEQUENCE:HASH");
    assertThat(run("--what")).isEqualTo(2);
  }

  @Test
  void nothing_is_made_where_there_is_no_instance(@TempDir Path empty) {
    assertThat(execute("audit", "verify", "--data-dir", empty.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("There is no database in " + empty);
    assertThat(empty).isEmptyDirectory();
  }

  private void tamper(String sql) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      database.write(tx -> tx.jdbc().sql(sql).update());
    }
  }

  /// As the running server does a minute after its first entry.
  private void takeCheckpoint() {
    var settings =
        ProcessSettings.resolve(Map.of(Setting.DATA_DIR, directory.toString()), Map.of());
    try (var instance = Standalone.open(settings)) {
      var secrets =
          new InstanceSecrets(
              instance.database(), instance.box(), instance.random(), instance.clock());
      var checkpoints = new Checkpoints(instance.database(), secrets, instance.clock());
      assertThat(checkpoints.takeIfDue()).isNotNull();
    }
  }

  private int key(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit", "key"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--data-dir", directory.toString()));
    return execute(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit", "verify"));
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
