package io.postern.console.cli;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// `postern warm-up`: serves one page from a throw-away directory, plays one validation and stops.
/// The launcher runs it once per build to record the JVM's cache of loaded classes, which halves
/// the time of every later start.
@Command(name = "warm-up", hidden = true, description = "Record what a start loads.")
final class WarmUpCommand implements Callable<Integer> {
  private final Function<ProcessSettings, Server> start;

  WarmUpCommand(Function<ProcessSettings, Server> start) {
    this.start = start;
  }

  @Override
  public Integer call() throws IOException {
    var directory = Files.createTempDirectory("postern-warm-up");
    var settings =
        ProcessSettings.resolve(
            Map.of(
                Setting.DATA_DIR,
                directory.toString(),
                Setting.PORT,
                "0",
                Setting.BIND,
                "127.0.0.1"),
            Map.of());
    try (var server = start.apply(settings);
        var page = URI.create(server.address() + "/system/login").toURL().openStream()) {
      page.readAllBytes();
      server.rehearse();
    } finally {
      delete(directory);
    }
    return 0;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
