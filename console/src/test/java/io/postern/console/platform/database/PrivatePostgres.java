package io.postern.console.platform.database;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A PostgreSQL cluster of this test run: made with the programs of the distribution, on a free
/// port of loopback, gone when the run ends, however it ends.
///
/// Where PostgreSQL is not installed its tests are skipped; with `CI=true` they fail.
public final class PrivatePostgres {
  /// Beginning of the paths of every cluster's files.
  public static final Path PLACES = Path.of("/tmp/postern-postgres.");

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  /// Lives as long as its standard input is open, and so never longer than this JVM. Durable as an
  /// operator's: Postern refuses a server with fsync off. A guard that was killed itself leaves its
  /// server behind, and its lock free: the next one ends it.
  private static final String SCRIPT =
      """
      set -eu
      bin=$1 port=$2
      end() {
        [ ! -f "$1/data/postmaster.pid" ] || "$bin/pg_ctl" -D "$1/data" -s -m immediate -w stop >/dev/null 2>&1 || true
        rm -rf "$1"
      }
      for left in "$3"*/lock; do
        [ ! -w "$left" ] || (exec 9>"$left"; ! flock -n 9 || end "${left%/lock}") 2>/dev/null || true
      done
      work=$(mktemp -d "$3XXXXXX")
      trap 'end "$work"' EXIT
      trap 'exit 1' HUP INT TERM
      exec 9>"$work/lock.new"
      flock 9
      mv "$work/lock.new" "$work/lock"
      cd "$work"
      "$bin/initdb" -D "$work/data" -U postern -A trust -E UTF8 --locale=C -N 9>&- >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log"; exit 1; }
      "$bin/pg_ctl" -D "$work/data" -s -w -t 60 -l "$work/server.log" start -o \\
        "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=32MB" \\
        </dev/null >/dev/null 2>&1 9>&- || { cat "$work/server.log"; exit 1; }
      echo ready
      read -r _ || true
      """;

  private static @Nullable PrivatePostgres shared;

  private final int port;
  private final Process guard;
  private final AtomicInteger databases = new AtomicInteger();
  private boolean migrated;

  private PrivatePostgres(int port, Process guard) {
    this.port = port;
    this.guard = guard;
  }

  /// The one cluster of this JVM, started when it is first asked for.
  public static synchronized PrivatePostgres shared() {
    var bin = newestPrograms();
    if (bin == null) {
      return missing();
    }
    var running = shared;
    if (running == null) {
      running = start(bin, Map.of());
      shared = running;
    }
    return running;
  }

  /// A cluster of its own whose processes have this environment besides; lives as long as this JVM.
  public static PrivatePostgres under(Map<String, String> environment) {
    var bin = newestPrograms();
    return bin == null ? missing() : start(bin, environment);
  }

  /// Makes it speak TLS from the next connection on. The server writes the files itself: its user
  /// alone may read a key.
  void speakTls(String certificate, String key) {
    store("tls.crt", certificate);
    store("tls.key", key);
    administrate("alter system set ssl_cert_file = 'tls.crt'");
    administrate("alter system set ssl_key_file = 'tls.key'");
    administrate("alter system set ssl = on");
    administrate("select pg_reload_conf()");
  }

  private void store(String file, String pem) {
    administrate(
        "copy (select unnest(string_to_array('%s', chr(10)))) to program 'umask 077; cat >%s'"
            .formatted(pem, file));
  }

  /// A database of its own, with the schema of this version.
  public PostgresDatabase database() {
    return open(copy());
  }

  /// @return the name of a new database with the schema of this version: a copy of one that was
  ///   migrated once
  public synchronized String copy() {
    if (!migrated) {
      administrate("create database migrated");
      open("migrated").close();
      migrated = true;
    }
    var name = "copy" + databases.incrementAndGet();
    administrate("create database " + name + " template migrated");
    return name;
  }

  /// Opens one that [#create] made, as another process would.
  public PostgresDatabase open(String name) {
    return new PostgresDatabase(jdbc(name), "postern", null);
  }

  /// @return the name of a new, empty database
  public String create() {
    var name = "test" + databases.incrementAndGet();
    administrate("create database " + name);
    return name;
  }

  /// What a driver takes; the user is `postern`, without a password.
  public String jdbc(String name) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
  }

  /// What `POSTERN_DATABASE_URL` takes.
  public String url(String name) {
    return "postgresql://postern@127.0.0.1:%d/%s".formatted(port, name);
  }

  /// Ends the cluster for good, as if its machine had gone.
  public void end() throws IOException, InterruptedException {
    guard.getOutputStream().close();
    guard.waitFor();
  }

  /// Runs one of PostgreSQL's own programs against a database, such as `pg_dump`.
  ///
  /// @return its exit status
  public int run(String program, String name, String... arguments)
      throws IOException, InterruptedException {
    var bin = newestPrograms();
    if (bin == null) {
      throw new IllegalStateException("the cluster runs without its programs");
    }
    var command = new ArrayList<String>();
    command.add(bin.resolve(program).toString());
    command.addAll(
        List.of("-h", "127.0.0.1", "-p", "" + port, "-U", "postern", "--dbname=" + name));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /// Whether the cluster answers for as long as this JVM lives.
  boolean isRunning() {
    return guard.isAlive();
  }

  private void administrate(String sql) {
    var source =
        new DriverManagerDataSource(
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postern", "");
    new JdbcTemplate(source).execute(sql);
  }

  private static PrivatePostgres missing() {
    var sentence = "PostgreSQL is not installed (Debian: apt-get install postgresql).";
    if ("true".equals(System.getenv("CI"))) {
      return fail(sentence);
    }
    return abort(sentence);
  }

  private static @Nullable Path newestPrograms() {
    if (!Files.isDirectory(VERSIONS)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo)
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrivatePostgres start(Path bin, Map<String, String> environment) {
    try {
      var port = freePort();
      var builder = new ProcessBuilder(command(bin, port)).redirectErrorStream(true);
      builder.environment().putAll(environment);
      var guard = builder.start();
      var said =
          new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8));
      var first = said.readLine();
      if (!"ready".equals(first)) {
        // Whatever it waits for, it ends with its input, and so does what it says.
        guard.getOutputStream().close();
        throw new IllegalStateException(
            "PostgreSQL did not start: " + first + " " + said.lines().toList());
      }
      return new PrivatePostgres(port, guard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// PostgreSQL refuses to run as root.
  private static List<String> command(Path bin, int port) {
    var script =
        List.of("/bin/sh", "-c", SCRIPT, "postgres", bin.toString(), "" + port, PLACES.toString());
    return "root".equals(System.getProperty("user.name"))
        ? Stream.concat(Stream.of("runuser", "-u", "postgres", "--"), script.stream()).toList()
        : script;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
