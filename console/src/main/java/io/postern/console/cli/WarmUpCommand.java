package io.postern.console.cli;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import io.postern.console.platform.Surroundings;
import io.postern.console.settings.Rehearsal;
import io.postern.smtp.check.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `postern warm-up`: serves one page from a throw-away directory, plays one validation and stops.
/// With `--check` it plays checks in its place. The launcher runs each once per build to record the
/// JVM's caches of loaded classes, which make every later start shorter: one for what serves or
/// opens the database, and for `check` and its like one that holds two fifths of that.
@Command(name = "warm-up", hidden = true, description = "Record what a start loads.")
final class WarmUpCommand implements Callable<Integer> {
  private static final String HOST = "127.0.0.1";
  private static final String SECONDS_MAX = "20";

  private final Function<ProcessSettings, Server> start;

  @Option(names = "--check", description = "what a check loads")
  private boolean check;

  WarmUpCommand(Function<ProcessSettings, Server> start) {
    this.start = start;
  }

  @Override
  public Integer call() throws IOException {
    if (check) {
      TerminalLog.use();
      checkWell();
      checkInVain("--json");
      checkInVain("--no-color");
    } else {
      serve();
    }
    return 0;
  }

  private void serve() throws IOException {
    var directory = Files.createTempDirectory("postern-warm-up");
    var settings =
        ProcessSettings.resolve(
            Map.of(Setting.DATA_DIR, directory.toString(), Setting.PORT, "0", Setting.BIND, HOST),
            Map.of());
    try (var server = start.apply(settings);
        var page = URI.create(server.address() + "/system/login").toURL().openStream()) {
      page.readAllBytes();
      server.rehearse();
    } finally {
      delete(directory);
    }
  }

  private static void checkWell() {
    var network = SystemNetwork.of(null);
    var all = new Check(network, Surroundings.ofThisProcess());
    new Rehearsal(all, network.clock(), network.random()).run();
  }

  /// What looks around and names a cause is loaded only when a check fails: here because nobody
  /// listens, neither where mail goes nor where names are asked for.
  private void checkInVain(String option) throws IOException {
    var nobody = HOST + ":" + freePort();
    Launch.commandLine(start, "check")
        .setOut(new PrintWriter(Writer.nullWriter()))
        .execute("check", option, "--resolver", nobody, "--timeout", SECONDS_MAX, nobody);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
