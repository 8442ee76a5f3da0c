package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.ConsoleServer;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.TinyRelay;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// `postern key` beside a server that sends, and a start without the right key.
@ParameterizedClass
@EnumSource
final class KeyCommandTest {
  private final Database.Dialect dialect;
  @TempDir Path directory;
  private Map<String, String> environment = Map.of();
  private RunningConsole console;
  private Database database;
  private Browser root;
  private StringWriter output = new StringWriter();
  private StringWriter errors = new StringWriter();

  KeyCommandTest(Database.Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    if (dialect == Database.Dialect.POSTGRESQL) {
      var name = PrivatePostgres.shared().create();
      environment = Map.of("POSTERN_DATABASE_URL", PrivatePostgres.shared().url(name));
      console = RunningConsole.start(directory, environment);
      database = PrivatePostgres.shared().open(name);
    } else {
      console = RunningConsole.start(directory, environment);
      database = MigratedFile.open(directory);
    }
    root = Visits.setUp(console);
    root.submit(
        "/system/tenants/new",
        "/system/tenants",
        Map.of(
            "orgName", "Acme", "firstName", "Ada", "lastName", "Love", "emailId", "ada@acme.test"));
  }

  @AfterEach
  void stop() {
    console.close();
    database.close();
  }

  @Test
  void R522_no_stored_value_needs_the_former_key_after_a_rotation_beside_the_server()
      throws IOException {
    try (var relay = new TinyRelay()) {
      save(relay);
      Eventually.until(() -> relay.messages().size() == 1);
      var before = heads();
      assertThat(before).hasSize(1);
      assertThat(run("list")).isZero();
      assertThat(output.toString()).contains(before.keySet().iterator().next(), "seals");

      assertThat(run("rotate")).isZero();
      assertThat(output.toString()).contains("seals. Values wrapped: ");
      var after = heads();
      assertThat(after).hasSize(1).doesNotContainKeys(before.keySet().toArray(String[]::new));

      assertThat(run("retire")).isEqualTo(1);
      assertThat(errors.toString()).contains("less than a minute ago");
      database.write(tx ->
          tx.jdbc()
              .sql("update instance_value set changed_at = 0 where name = 'key-mark'")
              .update());
      assertThat(run("retire", "--json")).isZero();
      assertThat(output.toString()).isEqualTo("{\"retired\":true}\n");
      assertThat(Files.readString(directory.resolve("key"))).hasSize(65);

      // The server beside it and the next one read what is stored: the password signs in.
      assertThat(validate(relay)).contains("class=\"verdict passed\"");
      console.close();
      console = RunningConsole.start(directory, environment);
      root = console.browser();
      Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
      assertThat(validate(relay)).contains("class=\"verdict passed\"");
    }
  }

  @Test
  void R522_a_start_with_a_wrong_or_missing_key_is_one_sentence_and_status_1() throws IOException {
    console.close();
    var key = directory.resolve("key");
    Files.move(key, directory.resolve("kept"));
    assertThat(serve()).isEqualTo(1);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .startsWith("postern: There is no key file " + key);

    Files.writeString(key, "0".repeat(64));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(serve()).isEqualTo(1);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .startsWith("postern: The key file " + key + " is not the key of this database.");
    assertThat(Files.readString(key)).isEqualTo("0".repeat(64));
  }

  private void save(TinyRelay relay) {
    assertThat(press(relay, Map.of("password", "right")).statusCode()).isEqualTo(303);
  }

  /// With the password that is stored.
  private String validate(TinyRelay relay) {
    return press(relay, Map.of("action", "validate", "version", "1")).body();
  }

  private HttpResponse<String> press(TinyRelay relay, Map<String, String> more) {
    var fields = new HashMap<String, String>();
    fields.put("action", "save");
    fields.put("version", "0");
    fields.put("smtpServer", "127.0.0.1");
    fields.put("smtpPort", String.valueOf(relay.port()));
    fields.put("connectionSecurity", "none");
    fields.put("securityChosen", "true");
    fields.put("fromEmailId", "console@postern.test");
    fields.put("userName", "postern");
    fields.put("acknowledged", "cleartext-password");
    fields.putAll(more);
    return root.submit("/system/administration/smtp", "/system/administration/smtp", fields);
  }

  /// Every key that a sealed value names, with how many name it.
  private Map<String, Long> heads() {
    return database.read(tx -> {
      Map<String, Long> found = new TreeMap<>();
      for (var column : KeyCommand.sealed()) {
        tx.jdbc()
            .sql(
                "select %1$s from %2$s where %1$s is not null"
                    .formatted(column.column(), column.table()))
            .query((row, _) -> row.getBytes(1))
            .list()
            .forEach(octets -> {
              assertThat(octets[0]).isEqualTo((byte) 2);
              found.merge(HexFormat.of().formatHex(octets, 1, 9), 1L, Long::sum);
            });
      }
      return found;
    });
  }

  private int serve() {
    return execute("serve", "--port", "0");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("key"));
    all.addAll(Arrays.asList(arguments));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    output = new StringWriter();
    errors = new StringWriter();
    var all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data-dir", directory.toString()));
    if (environment.containsKey("POSTERN_DATABASE_URL")) {
      all.addAll(List.of("--database-url", environment.get("POSTERN_DATABASE_URL")));
    }
    var line = Launch.commandLine(ConsoleServer::start);
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(all.toArray(String[]::new));
  }
}
