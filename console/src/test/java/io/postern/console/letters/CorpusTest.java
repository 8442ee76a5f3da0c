package io.postern.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/// What `lab/fuzz` has found worth keeping, played again with every build: one file, one test.
final class CorpusTest {
  @TestFactory
  Stream<DynamicTest> address() {
    return tests("address", AddressFuzz::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> header() {
    return tests("header", HeaderFuzz::fuzzerTestOneInput);
  }

  private static Stream<DynamicTest> tests(String name, ThrowingConsumer<byte[]> fuzz) {
    try (var files =
        Files.list(
            Path.of(
                Objects.requireNonNull(CorpusTest.class.getResource("/fuzz/" + name)).toURI()))) {
      var inputs = files.sorted().toList();
      assertThat(inputs).hasSizeGreaterThan(1);
      return inputs.stream()
          .map(input ->
              DynamicTest.dynamicTest(
                  name + "/" + input.getFileName(), () -> fuzz.accept(Files.readAllBytes(input))));
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
