package io.postern.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every letter, word for word. `-Dgolden.update=true` writes the files anew; then they are read as
/// prose.
final class GoldenLettersTest {
  private static final Path FILES = Path.of("src/test/resources/golden/letters");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void letter_reads_as_agreed(LetterKind kind) throws IOException {
    var values = new HashMap<>(SampleValues.of("https://postern.example.com", NOW, kind));
    var letter = Printing.press().print(kind, Printing.ADA, values);
    var name = kind.name().toLowerCase(Locale.ROOT);

    compare(name + ".txt", "Subject: " + letter.subject() + "\n\n" + unix(letter.text()));
    if (letter.html() != null) {
      compare(name + ".html", unix(letter.html()));
    }
  }

  private static void compare(String file, String actual) throws IOException {
    var path = FILES.resolve(file);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(path, actual);
    }
    assertThat(actual).as(file).isEqualTo(Files.readString(path));
  }

  private static String unix(String text) {
    return text.replace("\r\n", "\n");
  }
}
