package io.postern.smtp.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.dns.DnsFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What `lab/fuzz` has found worth keeping, played again with every build: one file, one test.
class CorpusTest {
  private interface Fuzz {
    void feed(byte[] input) throws IOException;
  }

  private static final Map<String, Fuzz> FUZZERS =
      Map.of(
          "reply", ReplyFuzz::fuzzerTestOneInput,
          "command", CommandFuzz::fuzzerTestOneInput,
          "rules", RulesFuzz::fuzzerTestOneInput,
          "dns", DnsFuzz::fuzzerTestOneInput);

  @TestFactory
  Stream<DynamicTest> corpus() {
    return FUZZERS.entrySet().stream().flatMap(each -> tests(each.getKey(), each.getValue()));
  }

  private Stream<DynamicTest> tests(String name, Fuzz fuzz) {
    try (var files =
        Files.list(
            Path.of(Objects.requireNonNull(getClass().getResource("/fuzz/" + name)).toURI()))) {
      var inputs = files.sorted().toList();
      assertTrue(inputs.size() > 1, name);
      return inputs.stream()
          .map(input ->
              DynamicTest.dynamicTest(
                  name + "/" + input.getFileName(), () -> fuzz.feed(Files.readAllBytes(input))));
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
