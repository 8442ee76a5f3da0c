package io.postern.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A command that ran to its end.
public record Ended(int status, String output, String errors) {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// Runs a command to its end, giving it `input`. Output goes through files, so a command that
  /// starts a server which keeps the streams open ends for us all the same.
  public static Ended of(ProcessBuilder command, String input) {
    try {
      var output = Files.createTempFile("lab", ".out");
      var errors = Files.createTempFile("lab", ".err");
      try {
        var process =
            command.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try (var in = process.getOutputStream()) {
          in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(command.command() + " took longer than " + LIMIT);
        }
        return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
