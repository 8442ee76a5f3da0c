package io.postern.smtp.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.fixtures.Hello;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Servers that say more than anybody can hold, to a client with a heap of 64 MiB: each ends at its
/// stage, in time, with a cause that names it.
class HostileServerTest {
  private static final String EHLO = "250-mx.test\r\n250 AUTH CRAM-MD5\r\n";
  private static final String CHALLENGE = "334 PDE4OTYuNjk3MTcwOTUyQG14LnRlc3Q+\r\n";

  /// A server, how the client comes to it, and where it must end.
  ///
  /// @param finding its beginning; two may be parted by ` or `, where a second look can be faster
  private record Case(String security, HostileServer.Malice malice, String stage, String finding) {}

  private static final Map<String, Case> CASES = cases();
  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();
  private static int exit;

  private static Map<String, Case> cases() {
    var cases = new LinkedHashMap<String, Case>();
    cases.put(
        "greeting-line-without-end",
        plain(HostileServer.endless("x"), "BANNER", "ProtocolBroken[sentence=The server sent a"));
    cases.put(
        "greeting-of-gigabytes",
        plain(
            HostileServer.endless("220-welcome to the longest greeting\r\n"),
            "BANNER",
            "ProtocolBroken[sentence=The server's reply has no end"));
    cases.put("greeting-of-nul", plain(HostileServer.endless("\0"), "BANNER", "ProtocolBroken"));
    cases.put(
        "greeting-of-line-feeds", plain(HostileServer.endless("\n"), "BANNER", "ProtocolBroken"));
    cases.put(
        "greeting-of-carriage-returns",
        plain(HostileServer.endless("\r"), "BANNER", "ProtocolBroken"));
    cases.put(
        "greeting-of-html",
        plain(
            HostileServer.endless("<html><script>alert(1)</script>\u202e\u001b[2J"),
            "BANNER",
            "ProtocolBroken"));
    cases.put(
        "greeting-octet-by-octet",
        plain(HostileServer.dripping("220 " + "x".repeat(2_000)), "BANNER", "NoAnswer"));
    cases.put(
        "ehlo-of-gigabytes",
        plain(
            HostileServer.endless("250-X-" + "Y".repeat(2_000) + "\r\n", "220 mx.test\r\n"),
            "EHLO",
            "ProtocolBroken[sentence=The server's reply has no end"));
    cases.put(
        "replies-without-end",
        plain(HostileServer.endless("250 mx.test\r\n", "220 mx.test\r\n"), "AUTH", "NotOffered"));
    cases.put(
        "challenge-line-without-end",
        plain(challenge(), "AUTH", "ProtocolBroken[sentence=The server sent a line"));
    cases.put("challenges-without-end", plain(challenges(), "AUTH", "ProtocolBroken"));
    cases.put(
        "handshake-octet-by-octet",
        new Case(
            "TLS",
            HostileServer.dripping("\u0016\u0003\u0003@\u0000".concat("x".repeat(2_000))),
            "TLS",
            "HandshakeFailed[kind=TIMED_OUT or NoAnswer"));
    cases.put(
        "handshake-of-gigabytes",
        new Case("TLS", HostileServer.endless("\u0016"), "TLS", "HandshakeFailed"));
    cases.put(
        "certificate-of-megabytes",
        new Case("TLS", HostileServerTest::certificateBomb, "TLS", "HandshakeFailed"));
    return cases;
  }

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    var servers = new ArrayList<HostileServer>();
    var arguments = new ArrayList<String>();
    for (var named : CASES.entrySet()) {
      var server = HostileServer.doing(named.getValue().malice());
      servers.add(server);
      arguments.add(named.getKey() + ":" + named.getValue().security() + ":" + server.port());
    }
    var child = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    try (var output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line : output.lines().toList()) {
        var bar = line.indexOf('|');
        ANSWERS.put(
            bar < 0 ? line : line.substring(0, bar), bar < 0 ? "" : line.substring(bar + 1));
      }
    }
    exit = child.waitFor(5, TimeUnit.MINUTES) ? child.exitValue() : -1;
    for (var server : servers) {
      server.close();
    }
  }

  @AfterAll
  static void forget() {
    ANSWERS.clear();
  }

  @Test
  void R105_the_small_client_outlives_them_all() {
    assertEquals(0, exit, ANSWERS::toString);
    assertFalse(ANSWERS.toString().contains("OutOfMemoryError"), ANSWERS::toString);
  }

  @TestFactory
  Stream<DynamicTest> R530_each_ends_at_its_stage_with_its_cause() {
    return CASES.entrySet().stream()
        .map(named ->
            DynamicTest.dynamicTest(
                named.getKey(),
                () -> {
                  var answer = ANSWERS.getOrDefault(named.getKey(), "no answer: " + ANSWERS);
                  assertTrue(answer.startsWith(named.getValue().stage() + "|"), answer);
                  assertTrue(
                      Stream.of(named.getValue().finding().split(" or ", -1))
                          .anyMatch(finding -> answer.contains("|" + finding)),
                      answer);
                  assertTrue(answer.length() < 4_000, "the answer itself is long");
                  assertTrue(
                      answer.chars().noneMatch(c -> c < ' ' || c == 0x202e),
                      "it steers a terminal");
                }));
  }

  private static Case plain(HostileServer.Malice malice, String stage, String finding) {
    return new Case("NONE", malice, stage, finding);
  }

  private static HostileServer.Malice challenge() {
    return client -> {
      opening(client);
      HostileServer.say(client, "334 ");
      HostileServer.flood(client.getOutputStream(), "A");
    };
  }

  private static HostileServer.Malice challenges() {
    return client -> {
      opening(client);
      while (true) {
        HostileServer.say(client, CHALLENGE);
        HostileServer.hear(client);
      }
    };
  }

  private static void opening(Socket client) throws IOException {
    HostileServer.say(client, "220 mx.test\r\n");
    HostileServer.hear(client);
    HostileServer.say(client, EHLO);
    HostileServer.hear(client);
  }

  /// A server hello of TLS 1.2, and then a certificate message that announces 16 MiB and sends
  /// more.
  private static void certificateBomb(Socket client) throws IOException {
    Hello.read(client.getInputStream());
    var hello =
        HexFormat.of()
            .parseHex(
                "160303"
                    + "0031"
                    + "0200002d"
                    + "0303"
                    + "11".repeat(32)
                    + "00"
                    + "c02f"
                    + "00"
                    + "0005"
                    + "ff01000100");
    client.getOutputStream().write(hello);
    client.getOutputStream().write(HexFormat.of().parseHex("1603034000" + "0bffffff"));
    HostileServer.flood(client.getOutputStream(), "\u0016\u0003\u0003@\u0000" + "0".repeat(16_384));
  }

  private static List<String> command(List<String> arguments) {
    var paths =
        Stream.of(
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""))
            .filter(path -> !path.isEmpty())
            .collect(Collectors.joining(java.io.File.pathSeparator));
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                paths,
                Objects.requireNonNull(SmallClient.class.getName())));
    command.addAll(arguments);
    return command;
  }
}
