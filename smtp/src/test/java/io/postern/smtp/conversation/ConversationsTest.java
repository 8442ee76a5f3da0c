package io.postern.smtp.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.ScriptedServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each file under `conversations/` is a test: the engine talks to a server that follows the file,
/// and comes to the verdict that stands there.
class ConversationsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final Authority authority = new Authority(NOW);

  @TestFactory
  Stream<DynamicTest> conversations() throws IOException, URISyntaxException {
    var url = Objects.requireNonNull(getClass().getResource("/conversations"));
    try (var files = Files.walk(Path.of(url.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".smtp")).sorted().toList().stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  String.valueOf(file.getFileName()), file.toUri(), () -> play(file)));
    }
  }

  private void play(Path file) throws IOException, InterruptedException {
    var script = Conversation.read(file);
    var name = script.setting("certificate", "mx.test");
    try (var server = ScriptedServer.start(script.steps(), authority, name)) {
      var play = new Play(script, authority, InstantSource.fixed(NOW), server.port());
      var result = play.run();
      var verdicts = result.verdicts();
      if (!script.steps().isEmpty()) {
        var difference = server.difference();
        assertNull(difference, () -> script.name() + ":" + difference + "\n" + verdicts);
      }
      compare(script, verdicts);
      for (var form : forms(script.setting("user", ""), play.secret())) {
        assertFalse(result.told().contains(form), () -> script.name() + " tells " + form);
      }
    }
  }

  /// What a secret looks like on its way: as it is, in hex, in an URL, in base64 wherever
  /// it may begin, and in the strings of PLAIN.
  private static List<String> forms(String user, String secret) {
    if (secret.isEmpty()) {
      return List.of();
    }
    var octets = secret.getBytes(StandardCharsets.UTF_8);
    var base64 = Base64.getEncoder().withoutPadding();
    var plain = ("\0" + user + "\0" + secret).getBytes(StandardCharsets.UTF_8);
    var shifted = base64.encodeToString(("xx" + secret).getBytes(StandardCharsets.UTF_8));
    return List.of(
        secret,
        HexFormat.of().formatHex(octets),
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        base64.encodeToString(octets),
        shifted.substring(3),
        base64.encodeToString(plain));
  }

  /// What stands behind `=>` is compared where the file says it; a `*` at the end stands for
  /// anything.
  private static void compare(Conversation script, List<String> verdicts) {
    for (var i = 0; i < script.verdicts().size(); i++) {
      var expected = script.verdicts().get(i);
      var whole = i < verdicts.size() ? verdicts.get(i) : "nothing";
      var arrow = whole.indexOf(" => ");
      var got = arrow < 0 || expected.text().contains(" => ") ? whole : whole.substring(0, arrow);
      if (!matches(expected.text(), got)) {
        assertEquals(
            script.name() + ":" + expected.line() + " = " + expected.text(),
            script.name() + ":" + expected.line() + " = " + whole);
      }
    }
    assertEquals(script.verdicts().size(), verdicts.size(), script.name() + " " + verdicts);
  }

  private static boolean matches(String expected, String got) {
    return expected.endsWith("*")
        ? got.startsWith(expected.substring(0, expected.length() - 1))
        : got.equals(expected);
  }
}
