package io.postern.console.cli;

import io.postern.smtp.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The ways to give a password: never as an argument, which every user of the machine could read.
final class PasswordOptions {
  @Option(
      names = "--password-env",
      paramLabel = "VAR",
      description = "the password is in this environment variable")
  private @Nullable String passwordVariable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "the password is in this file, up to the line end")
  private @Nullable Path passwordFile;

  @Option(
      names = "--password-stdin",
      description = "the password comes on standard input, up to the line end")
  private boolean passwordStdin;

  /// Whether the password was given in some way, be it empty.
  boolean isGiven() {
    return passwordVariable != null || passwordFile != null || passwordStdin;
  }

  /// @param needed whether a user name was given
  /// @return empty when none is needed
  /// @throws IllegalArgumentException with a sentence for the user when it was given in several
  ///   ways, in none and is needed, by a variable that is not set, or by a file that cannot be read
  Secret read(boolean needed) throws IOException {
    var ways =
        Stream.of(passwordVariable != null, passwordFile != null, passwordStdin)
            .filter(Boolean::booleanValue)
            .count();
    if (ways > 1) {
      throw new IllegalArgumentException(
          "Give the password in one way only: --password-env, --password-file or --password-stdin.");
    }
    if (ways == 0 && needed) {
      throw new IllegalArgumentException(
          "--username needs the password: --password-env, --password-file or --password-stdin.");
    }
    return Secret.of(ways == 0 ? "" : text());
  }

  private String text() throws IOException {
    if (passwordVariable != null) {
      var value = System.getenv(passwordVariable);
      if (value == null) {
        throw new IllegalArgumentException(
            "The environment variable %s, which --password-env names, is not set."
                .formatted(passwordVariable));
      }
      return value;
    }
    return passwordFile != null
        ? firstLine(OptionFile.text("--password-file", passwordFile))
        : fromStandardInput();
  }

  private static String firstLine(String text) {
    var end = text.indexOf('\n');
    var line = end < 0 ? text : text.substring(0, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static String fromStandardInput() throws IOException {
    var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var line = reader.readLine();
    return line == null ? "" : line;
  }
}
