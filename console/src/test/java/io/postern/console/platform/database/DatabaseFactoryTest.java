package io.postern.console.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SelfSigned;
import io.postern.console.platform.ServerIdentity;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What keeps a database from being opened is a sentence that says what to do.
class DatabaseFactoryTest {
  @TempDir Path directory;

  @Test
  void a_file_that_another_program_holds_locked_is_named_at_the_start() throws Exception {
    var file = directory.resolve("postern.db");
    open(Map.of()).close();
    try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertEquals(
          "The database %s cannot be opened: another program holds it locked, such as a backup or a shell on the file. End that program and start again."
              .formatted(file),
          refusal(Map.of()));
      statement.execute("ROLLBACK");
    }
    open(Map.of()).close();
  }

  @Test
  void a_file_that_is_no_database_is_left_as_it_is() throws Exception {
    var file = directory.resolve("postern.db");
    Files.writeString(file, "not a database ".repeat(1_000));
    assertEquals(
        "The database %s cannot be opened: the file is damaged or not a Postern database. Restore it from your backup."
            .formatted(file),
        refusal(Map.of()));
    assertEquals("not a database ".repeat(1_000), Files.readString(file));
  }

  @Test
  void a_password_within_the_url_is_refused_and_not_repeated() {
    var said =
        refusal(Map.of(Setting.DATABASE_URL, "postgresql://postern:secret-word@127.0.0.1/postern"));
    assertFalse(said.contains("secret-word"), said);
  }

  /// Nothing falls back to clear text on the way to another machine (ASVS 12.3.1, 12.3.2).
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1/postern, jdbc:postgresql://127.0.0.1:5432/postern",
    "127.0.0.1:6543/postern?sslmode=require, jdbc:postgresql://127.0.0.1:6543/postern?sslmode=require",
    "203.0.113.7/postern, jdbc:postgresql://203.0.113.7:5432/postern?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
    "203.0.113.7/postern?sslrootcert=/etc/own ca.pem, jdbc:postgresql://203.0.113.7:5432/postern?sslrootcert=%2Fetc%2Fown+ca.pem&sslmode=verify-full",
    "127.0.0.1/postern?sslrootcert=/etc/ca.pem, jdbc:postgresql://127.0.0.1:5432/postern?sslrootcert=%2Fetc%2Fca.pem&sslmode=verify-full",
    "203.0.113.7/postern?sslmode=disable, jdbc:postgresql://203.0.113.7:5432/postern?sslmode=disable"
  })
  void the_way_to_another_machine_is_tls_unless_the_url_says_otherwise(String given, String jdbc) {
    var url = PostgresUrl.parse("postgresql://postern@" + given.replace(" ", "%20"));
    assertEquals(jdbc, url.jdbc());
  }

  @Test
  void a_server_without_tls_is_not_spoken_to_in_clear_when_tls_was_asked_for() {
    var server = PrivatePostgres.shared();
    var url = server.url(server.create()) + "?sslmode=require";
    assertTrue(refusal(Map.of(Setting.DATABASE_URL, url)).contains("SSL"));
  }

  @Test
  void a_user_who_may_make_no_tables_is_told_what_to_ask_for() throws Exception {
    var server = PrivatePostgres.shared();
    var name = server.create();
    var closed =
        "create role guest login; revoke create on schema public from public; revoke create on database "
            + name
            + " from public";
    assertEquals(0, server.run("psql", name, "-q", "-c", closed));
    var said =
        refusal(Map.of(Setting.DATABASE_URL, server.url(name).replace("postern@", "guest@")));
    assertTrue(said.contains("Make it the owner of the database"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslmode=allow", "sslmode", "socketFactory=x.Y", "sslrootcert=", ""})
  void other_settings_of_the_driver_are_refused(String query) {
    var url = "postgresql://postern@127.0.0.1/postern?" + query;
    assertTrue(refusal(Map.of(Setting.DATABASE_URL, url)).contains("it takes sslmode"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "prefer", "require"})
  void an_authority_that_would_not_be_asked_is_refused(String mode) {
    var url = "postgresql://postern@127.0.0.1/postern?sslrootcert=/etc/ca.pem&sslmode=" + mode;
    assertTrue(refusal(Map.of(Setting.DATABASE_URL, url)).contains("verifies no certificate"));
  }

  /// A real handshake: the right authority, none, another one, another name (ASVS 12.3.2).
  @Test
  void a_server_that_did_not_prove_its_name_gets_no_password() throws Exception {
    var random = new Random(7);
    var now = InstantSource.system().instant();
    var identity = SelfSigned.make(List.of("localhost"), now, random);
    var server = PrivatePostgres.under(Map.of());
    server.speakTls(pem(identity.own().getEncoded(), "CERTIFICATE"), key(identity));
    var right = file("right.pem", identity);
    var wrong = file("wrong.pem", SelfSigned.make(List.of("localhost"), now, random));
    var url = server.url(server.create());
    var named = url.replace("127.0.0.1", "localhost");
    await(url + "?sslmode=require");
    open(Map.of(Setting.DATABASE_URL, named + "?sslrootcert=" + right)).close();
    assertTrue(
        refusal(Map.of(Setting.DATABASE_URL, named + "?sslrootcert=" + wrong))
            .contains("no authority that counts"));
    assertTrue(
        refusal(Map.of(Setting.DATABASE_URL, named + "?sslmode=verify-full"))
            .contains("no authority that counts"));
    assertTrue(
        refusal(Map.of(Setting.DATABASE_URL, url + "?sslrootcert=" + right))
            .contains("does not name the host"));
    var none = directory.resolve("none.pem");
    assertTrue(
        refusal(Map.of(Setting.DATABASE_URL, named + "?sslrootcert=" + none))
            .contains("Correct sslrootcert"));
  }

  /// The server takes up its settings a moment after it was told.
  private static void await(String url) {
    for (var turn = 0; turn < 1_000; turn++) {
      try {
        DriverManager.getConnection("jdbc:" + url.replace("postern@", ""), "postern", "").close();
        return;
      } catch (SQLException _) {
        // Not yet.
        Thread.onSpinWait();
      }
    }
    fail("PostgreSQL does not speak TLS");
  }

  private String key(ServerIdentity identity) {
    return pem(identity.key().getEncoded(), "PRIVATE KEY");
  }

  private Path file(String name, ServerIdentity identity) throws Exception {
    return Files.writeString(
        directory.resolve(name), pem(identity.own().getEncoded(), "CERTIFICATE"));
  }

  private static String pem(byte[] octets, String kind) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets));
  }

  private Database open(Map<Setting, String> flags) {
    var all = new EnumMap<Setting, String>(Setting.class);
    all.put(Setting.DATA_DIR, directory.toString());
    all.putAll(flags);
    return DatabaseFactory.open(ProcessSettings.resolve(all, Map.of()), _ -> {});
  }

  private String refusal(Map<Setting, String> flags) {
    return assertThrows(UnusableSettingException.class, () -> open(flags)).sentence();
  }
}
