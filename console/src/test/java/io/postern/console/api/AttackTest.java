package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was done to others, done to the running console: the classes of attack that
/// `docs/security/attacks.md` lists, where no other test plays them already.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackTest {
  private static final String VALIDATE = SmtpConfigCalls.PATH + "/validate";
  private static final String THIEF = "thief@evil.example";

  private RunningConsole console;
  private TinyRelay relay;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
    relay = new TinyRelay();
  }

  @BeforeEach
  void signIn() {
    console.pass(Duration.ofMinutes(2));
    root = Root.client(console);
    relay.commands().clear();
    relay.messages().clear();
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  /// nodemailer CVE-2026-82853 and -82854, aiosmtplib GHSA-v3q9-hj7j-63hq, Jakarta Mail
  /// CVE-2025-7962 (two letters whose lower octets are CR and LF).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtpServer",
        "fromEmailId",
        "fromName",
        "replyTo",
        "ehloName",
        "userName",
        "password",
        "testRecipient"
      })
  void R501_f403_no_field_becomes_a_command_or_a_header(String field) {
    for (var end : new String[] {"\\r\\n", "\\n", "\\r", "\\u760d\\u760a", "\\u2028", "\\u0085"}) {
      console.pass(Duration.ofMinutes(1));
      var attack = "a%sRCPT TO:<%s>%sBcc: %s%sDATA".formatted(end, THIEF, end, THIEF, end);
      var fields =
          body("127.0.0.1", relay.port()).replaceAll("\"%s\":\"[^\"]*\",".formatted(field), "");
      root.put(VALIDATE, fields.replace("}", ",\"%s\":\"%s\"}".formatted(field, attack)));
      assertThat(relay.commands())
          .as(field)
          .noneMatch(command -> command.startsWith("RCPT") && command.contains("evil"))
          .noneMatch(command -> command.startsWith("Bcc"));
      assertThat(relay.messages())
          .as(field)
          .noneMatch(message -> message.lines().anyMatch(line -> line.startsWith("Bcc:")));
    }
  }

  /// GitLab CVE-2023-7028 (an array of addresses), nodemailer CVE-2025-13033 (mail to another than
  /// the one that was looked at).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"ada@example.com\",\"thief@evil.example\"]",
        "{\"0\":\"ada@example.com\"}",
        "\"ada@example.com,thief@evil.example\"",
        "\"ada@example.com thief@evil.example\"",
        "\"thief@evil.example <ada@example.com>\"",
        "\"ada@example.com\\u0000@evil.example\"",
        "\"ada@[192.0.2.1]\"",
        "\"@evil.example:ada@example.com\"",
        "\"ada(thief@evil.example)@example.com\"",
        "\"ada\\uff20evil.example@example.com\"",
        "true",
        "7"
      })
  void R505_f412_f417_one_address_is_one_address(String address) {
    var made =
        root.post(
            AdminCalls.PATH,
            """
            {"metadata":{"name":"x"},"spec":{"adminType":"OperationAdmin","emailId":%s,
             "firstName":"Ada","lastName":"Lovelace","mfa":{"state":"enabled"}}}\
            """
                .formatted(address));
    assertThat(made.status()).as(made.body()).isIn(400, 422);
    assertThat(root.get(AdminCalls.PATH).body()).doesNotContain("evil.example");
  }

  /// Ansible CVE-2026-84721, Appsmith GHSA-vvxf-f8q9-86gh, Mailpit CVE-2026-55187: addresses that
  /// are never reached, in every notation.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fe80::1",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
        "255.255.255.255",
        "224.0.0.1",
        "ff02::1"
      })
  void R511_f414_addresses_that_are_never_reached_are_refused(String host) {
    var answer = root.put(VALIDATE, body(host, 587));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.at("/verdict/stage"))
        .as(answer.body())
        .isNotIn("banner", "tls", "ehlo", "auth");
    assertThat(answer.body()).doesNotContain("refused-wrong-port").doesNotContain("timeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x7f.1",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "http://127.0.0.1",
        "127.0.0.1/",
        "user@127.0.0.1",
        "fe80::1%eth0",
        "127.0.0.1#",
        "\\u2460\\u2461\\u2466.0.0.1"
      })
  void R512_f414_a_host_is_a_name_or_an_address_as_it_is_written(String host) {
    var answer = root.put(VALIDATE, body(host, relay.port()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(relay.commands()).isEmpty();
  }

  /// What is no mail server is named, its words are not shown (odysseus PR 6355).
  @Test
  void f414_the_console_itself_is_no_mail_server() {
    var own = Integer.parseInt(console.address().replaceAll(".*:([0-9]+).*", "$1"));
    var answer = root.put(VALIDATE, body("127.0.0.1", own));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).doesNotContain("HTTP/1.1");
  }

  /// Whoever may check must not read through the check what other machines say.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9 secret-build-77\r\n",
        "HTTP/1.1 400 Bad Request\r\nServer: secret-build-77\r\n\r\n",
        "-NOAUTH Authentication required. secret-build-77\r\n",
        "* OK secret-build-77 ready\r\n",
        "RFB 003.008 secret-build-77\n",
        "J\0\0\0\n5.7.44-secret-build-77\0\r\n",
        "120 secret-build-77\r\n"
      })
  void R516_f414_the_first_line_of_another_service_is_not_shown(String greeting)
      throws IOException {
    try (var peer = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> greet(peer, greeting));
      for (var security : List.of("none", "tls")) {
        var body = body("127.0.0.1", peer.getLocalPort()).replace("\"none\"", '"' + security + '"');
        var answer = root.put(VALIDATE, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).doesNotContain("secret-build-77").doesNotContain("OpenSSH");
        console.pass(Duration.ofMinutes(1));
      }
      assertThat(root.get("/v1/audits").body()).doesNotContain("secret-build-77");
    }
  }

  private static void greet(ServerSocket peer, String greeting) {
    while (!peer.isClosed()) {
      try (var connection = peer.accept()) {
        connection.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
        connection.shutdownOutput();
        var _ = connection.getInputStream().readAllBytes();
      } catch (IOException _) {
        // Closed: the test is over, or the check hung up.
      }
    }
  }

  /// Jenkins Email Extension GHSA-5c4v-vh95-c67c, hMailServer CVE-2026-114471.
  @Test
  void R524_f416_a_password_that_fails_stands_in_no_answer() {
    var answer = root.put(VALIDATE, body("127.0.0.1", relay.port()).replace("right", "hunter2-x"));
    assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("auth");
    assertThat(answer.body()).doesNotContain("hunter2-x").doesNotContain("aHVudGVyMi14");
    assertThat(root.get("/v1/audits").body()).doesNotContain("hunter2-x");
  }

  private static String body(String host, int port) {
    return """
    {"smtpServer":"%s","smtpPort":%d,"connectionSecurity":"none","userName":"postern",\
    "password":"right","fromEmailId":"noreply@example.com","testRecipient":"ada@example.com",\
    "insecureSkipVerifyTls":false,"depth":"message"}\
    """
        .formatted(host, port);
  }
}
