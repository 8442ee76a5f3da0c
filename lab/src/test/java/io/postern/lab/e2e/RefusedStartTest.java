package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator reads when Postern cannot start: one sentence, and a status that is not 0.
@Tag("lab")
class RefusedStartTest {
  private static final Lab LAB = Lab.running();
  private static final String LAUNCHER = LAB.project().resolve("postern").toString();
  private static final long ENDS_WITHIN_SECONDS = 120;

  /// The data directory of a server that ran and stopped.
  @TempDir static Path used;

  @TempDir Path scratch;

  @BeforeAll
  static void useOnce() {
    try (var console = ConsoleProcess.start(Path.of(LAUNCHER), used)) {
      assertTrue(console.setupLink().contains("/setup/"));
    }
  }

  /// Not refused, as another one is there; but it says so.
  @Test
  void the_java_that_was_named_is_too_old_or_none() throws Exception {
    var launcher = new ProcessBuilder(LAUNCHER, "--version").redirectErrorStream(true);
    launcher.environment().put("POSTERN_JAVA", scratch.toString());
    var process = launcher.start();

    assertEquals(
        "POSTERN_JAVA names no JDK 25 or newer: " + scratch + ". Looking elsewhere.",
        process.inputReader().readLine());
    assertEquals(0, process.waitFor());
  }

  /// Not refused: SQLite's library stands beside the program, and not in the temporary directory,
  /// which may not run programs.
  @Test
  void nothing_runs_from_the_temporary_directory() throws Exception {
    var command = List.of(LAUNCHER, "outbox", "list", "--data-dir", used.toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POSTERN_JAVA_OPTIONS", "-Djava.io.tmpdir=/proc");
    var process = builder.start();
    var lines = process.inputReader().lines().toList();

    assertEquals(0, process.waitFor(), lines::toString);
  }

  @Test
  void sqlite_s_library_stands_nowhere() throws Exception {
    assertRefused(
        "The database %s cannot be opened: SQLite's library cannot be loaded, neither"
            .formatted(scratch.resolve("postern.db")),
        List.of(
            "env",
            "POSTERN_JAVA_OPTIONS=-Djava.io.tmpdir=/proc -Dorg.sqlite.lib.path=" + scratch,
            LAUNCHER,
            "outbox",
            "list",
            "--data-dir",
            copy().toString()));
  }

  @Test
  void another_program_has_the_port() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(taken.getLocalPort());
      assertRefused(
          "Port " + port + " is taken by another program. Stop it, or name another with --port.",
          List.of(LAUNCHER, "--port", port, "--data-dir", scratch.toString()));
    }
  }

  @Test
  void another_program_has_the_second_port() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(taken.getLocalPort());
      assertRefused(
          "Port " + port + ", the second one, cannot be opened",
          serve(scratch, "--http-port", port));
    }
  }

  @Test
  void a_trusted_proxy_is_no_address() throws Exception {
    assertRefused(
        "The trusted proxy \"a\" is no address;", serve(scratch, "--trusted-proxies", "a,b"));
  }

  /// RFC 5737: 192.0.2.1 is no machine's address.
  @Test
  void the_address_to_listen_on_is_of_another_machine() throws Exception {
    assertRefused("Postern cannot listen on 192.0.2.1,", serve(scratch, "--bind", "192.0.2.1"));
  }

  @Test
  void another_server_has_the_directory() throws Exception {
    try (var first = ConsoleProcess.start(Path.of(LAUNCHER), scratch)) {
      assertRefused(
          "Another Postern serves from %s. Stop it, or name another directory with --data-dir."
              .formatted(scratch),
          serve(scratch));
      assertTrue(first.setupLink().contains("/setup/"));
    }
  }

  @Test
  void the_data_directory_is_read_only() throws Exception {
    assertRefused(
        "The data directory %s cannot be written. Give this user write access, or name another with --data-dir."
            .formatted(scratch),
        onFileSystem("ro,size=4m,mode=700"));
  }

  @Test
  void the_disk_is_full_before_the_schema_stands() throws Exception {
    assertRefused(
        "The database could not be brought to this version: the disk is full. Make room and start again; nothing was lost.",
        onFileSystem("size=64k,mode=700"));
  }

  @Test
  void the_key_of_another_instance() throws Exception {
    var data = copy();
    Files.writeString(data.resolve("key"), "0123456789abcdef".repeat(4));
    assertRefused(
        "The key file %s is not the key of this database. Restore the right one from your backup, or name it with --key-file."
            .formatted(data.resolve("key")),
        serve(data));
  }

  @Test
  void the_database_of_a_newer_version() throws Exception {
    var data = copy();
    sqlite(
        data,
        """
        db.execute("insert into flyway_schema_history select 99999, '99999', 'later', type, script, checksum,"
                   " installed_by, installed_on, 1, 1 from flyway_schema_history limit 1")
        db.commit()
        """);
    assertRefused(
        "The database was written by a newer version of Postern. Start that version, or restore a backup made with this one.",
        serve(data));
  }

  @Test
  void another_program_holds_the_database() throws Exception {
    var data = copy();
    var holder =
        new ProcessBuilder(
                "python3",
                "-c",
                """
                import sqlite3, sys
                db = sqlite3.connect(sys.argv[1], isolation_level=None)
                db.execute("begin exclusive")
                print("held", flush=True)
                sys.stdin.read()
                """,
                data.resolve("postern.db").toString())
            .start();
    try {
      assertEquals("held", holder.inputReader().readLine());
      assertRefused(
          "The database %s cannot be opened: another program holds it locked, such as a backup or a shell on the file. End that program and start again."
              .formatted(data.resolve("postern.db")),
          serve(data));
    } finally {
      holder.destroy();
      holder.waitFor();
    }
  }

  @Test
  void the_database_is_not_one() throws Exception {
    var data = copy();
    Files.writeString(data.resolve("postern.db"), "not a database ".repeat(1_000));
    assertRefused(
        "The database %s cannot be opened: the file is damaged or not a Postern database. Restore it from your backup."
            .formatted(data.resolve("postern.db")),
        serve(data));
  }

  @Test
  void postgresql_is_not_there() throws Exception {
    var url = "postgresql://postern@127.0.0.1:" + unusedPort() + "/postern";
    assertRefused(
        "The database " + url + " cannot be opened: PostgreSQL does not answer",
        serve(scratch, "--database-url", url));
  }

  private static int unusedPort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static List<String> serve(Path data, String... more) {
    var command =
        new ArrayList<>(List.of(LAUNCHER, "--port", "65001", "--data-dir", data.toString()));
    command.addAll(List.of(more));
    return command;
  }

  /// A start on a file system of its own, which is gone with the process.
  private List<String> onFileSystem(String options) {
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && exec \"$3\" --port 65001 --data-dir \"$2\"",
        "start",
        options,
        scratch.toString(),
        LAUNCHER);
  }

  private Path copy() throws IOException {
    for (var name : List.of("postern.db", "key")) {
      Files.copy(used.resolve(name), scratch.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return scratch;
  }

  private static void sqlite(Path data, String python) throws IOException, InterruptedException {
    var program = "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\n" + python;
    var done =
        new ProcessBuilder("python3", "-c", program, data.resolve("postern.db").toString())
            .inheritIO()
            .start();
    assertEquals(0, done.waitFor());
  }

  private static void assertRefused(String sentence, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POSTERN_JAVA_OPTIONS", ConsoleProcess.QUICK);
    var process = builder.start();
    var lines = process.inputReader().lines().toList();
    assertTrue(process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS), command::toString);
    assertEquals(1, process.exitValue(), lines::toString);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().startsWith("postern: " + sentence), lines::toString);
  }
}
