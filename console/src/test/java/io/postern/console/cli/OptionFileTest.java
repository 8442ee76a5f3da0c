package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that options name, and what is said when they cannot be used.
final class OptionFileTest {
  private final StringWriter errors = new StringWriter();
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check mail.test --username u --password-file FILE",
        "check mail.test --ca-file FILE",
        "audit verify --data-dir . --public-key FILE",
        "account create --data-dir . a@x.test --role operations --password-file FILE",
      })
  void a_file_that_is_not_there_is_wrong_usage_and_one_sentence(String command) {
    var missing = directory.resolve("missing").toString();

    assertThat(run(command.replace("FILE", missing).split(" "))).isEqualTo(2);
    assertThat(errors.toString())
        .contains(missing + ", does not exist.")
        .doesNotContain("fault in Postern", "Exception");
  }

  @Test
  void a_directory_a_binary_file_and_one_that_is_too_large_are_told_apart() throws IOException {
    assertThatThrownBy(() -> OptionFile.octets("--x", directory)).hasMessageContaining("directory");
    var binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    assertThatThrownBy(() -> OptionFile.text("--x", binary)).hasMessageContaining("UTF-8");
    var full = Files.write(directory.resolve("full"), new byte[OptionFile.OCTETS_MAX]);
    assertThat(OptionFile.octets("--x", full)).hasSize(OptionFile.OCTETS_MAX);
    var larger = Files.write(directory.resolve("larger"), new byte[OptionFile.OCTETS_MAX + 1]);
    assertThatThrownBy(() -> OptionFile.octets("--x", larger)).hasMessageContaining("1 MiB");
  }

  private int run(String... arguments) {
    var line =
        Launch.commandLine(_ -> {
          throw new IllegalStateException("Nothing serves in this test.");
        });
    line.setOut(new PrintWriter(new StringWriter(), true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(arguments);
  }
}
