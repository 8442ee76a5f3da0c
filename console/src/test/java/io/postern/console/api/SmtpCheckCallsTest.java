package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Checks over the API, against a mail server on loopback.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmtpCheckCallsTest {
  private static final String VALIDATE = SmtpConfigCalls.PATH + "/validate";

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
    console.pass(Duration.ofMinutes(1));
    root = Root.client(console);
    relay.commands().clear();
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  @Test
  void a_valid_configuration_answers_204_and_leads_to_the_audit_log() {
    var before = root.get(SmtpConfigCalls.PATH).body();
    var answer = root.put(VALIDATE, body("right", ""));
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(answer.header("AuditUid")).matches("[0-9a-f]{32}");
    assertThat(relay.commands()).contains("MAIL FROM:<noreply@example.com>");
    assertThat(root.get(SmtpConfigCalls.PATH).body()).isEqualTo(before);
  }

  @Test
  void a_wrong_password_answers_the_verdict_as_a_problem() {
    var answer = root.put(VALIDATE, body("wrong", ""));
    assertThat(answer.problem()).startsWith("422 ");
    assertThat(answer.at("/verdict/stage")).isEqualTo("auth");
    assertThat(answer.at("/verdict/cause")).isEqualTo(answer.at("/code"));
    assertThat(answer.at("/type")).isEqualTo("/docs/findings/" + answer.at("/code"));
    assertThat(answer.at("/message")).isEqualTo(answer.at("/verdict/summary"));
    assertThat(answer.header("AuditUid")).matches("[0-9a-f]{32}");
    assertThat(answer.body()).doesNotContain("wrong\\u0000").doesNotContain("AHBvc3Rlcm4A");
  }

  @Test
  void a_recipient_that_is_refused_is_found() {
    var answer =
        root.put(
            VALIDATE,
            body("right", ",\"testRecipient\":\"nobody@example.com\",\"depth\":\"envelope\""));
    assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("rcpt_to");
  }

  @Test
  void depth_is_one_of_three_words() {
    var answer = root.put(VALIDATE, body("right", ",\"depth\":\"deeper\""));
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.at("/details/fields/depth")).contains("login, envelope, message");
    assertThat(root.put(VALIDATE, body("right", ",\"depth\":\"login\"")).status()).isEqualTo(204);
    assertThat(relay.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void a_check_is_started_read_and_streamed() {
    var begun = root.post(SmtpCheckCalls.CHECKS, body("right", ""));
    assertThat(begun.status()).isEqualTo(201);
    var path = SmtpCheckCalls.CHECKS + "/" + begun.at("/uid");
    assertThat(begun.header("Location")).isEqualTo(path);

    var stream = root.get(path + "/events");
    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    assertThat(stream.body())
        .startsWith("id: 0\nevent: stage\ndata: {")
        .contains("\"stage\":\"auth\"", "event: verdict\ndata: {\"valid\":true");
    var rest = root.with("Last-Event-ID", "1").get(path + "/events");
    assertThat(rest.body()).startsWith("id: 2\n").contains("event: verdict");

    var read = root.get(path);
    assertThat(read.at("/status/state")).isEqualTo("finished");
    assertThat(read.at("/status/verdict/valid")).isEqualTo("true");
    assertThat(read.at("/metadata/uid")).isEqualTo(begun.at("/uid"));
  }

  /// Why it ended where it did says nothing about the relay.
  @Test
  void a_cancelled_check_names_no_cause() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      var port = String.valueOf(silent.getLocalPort());
      var body = body("right", "").replace(String.valueOf(relay.port()), port);
      var path = SmtpCheckCalls.CHECKS + "/" + root.post(SmtpCheckCalls.CHECKS, body).at("/uid");
      var browser = console.browser();
      Visits.signIn(browser, Root.EMAIL, Root.PASSWORD);
      browser.submit(
          "/system/administration/smtp",
          path.replace("/v1/system/config/smtp", "/system/administration/smtp") + "/cancel",
          Map.of());

      assertThat(root.get(path + "/events").body())
          .contains("event: verdict\ndata: {\"valid\":false,\"stage\":null,\"cause\":null");
      var read = root.get(path);
      assertThat(read.at("/status/state")).isEqualTo("cancelled");
      assertThat(read.at("/status/verdict/cause")).isEmpty();
      assertThat(read.at("/status/verdict/remedy")).isEqualTo("[]");
      assertThat(read.at("/status/verdict/stages")).contains("\"stage\":\"connect\"");
    }
  }

  @Test
  void R520_the_stored_password_is_sent_only_where_it_was_saved_for() throws IOException {
    root.put(SmtpConfigCalls.PATH, body("right", ""));
    var kept = body("right", "").replace("\"password\":\"right\",", "");
    assertThat(root.put(VALIDATE, kept).status()).isEqualTo(204);
    try (var thief = new TinyRelay()) {
      var moved = kept.replace("\"smtpPort\":" + relay.port(), "\"smtpPort\":" + thief.port());
      assertThat(root.put(VALIDATE, moved).problem()).isEqualTo("422 password-needed");
      assertThat(root.post(SmtpCheckCalls.CHECKS, moved).problem())
          .isEqualTo("422 password-needed");
      assertThat(thief.commands()).isEmpty();
    }
  }

  @Test
  void a_check_up_to_the_sign_in_does_not_make_a_version_validated() {
    var other = body("right", "").replace("noreply@", "other@");
    assertThat(root.put(VALIDATE, other.replace("}", ",\"depth\":\"login\"}")).status())
        .isEqualTo(204);
    root.put(SmtpConfigCalls.PATH, other);
    assertThat(newestAudit()).contains("never validated");

    assertThat(root.put(VALIDATE, other).status()).isEqualTo(204);
    root.put(SmtpConfigCalls.PATH, other);
    assertThat(newestAudit()).contains(", validated.");
  }

  private String newestAudit() {
    return root.get("/v1/audits?limit=1").body();
  }

  @Test
  void R515_the_eleventh_check_within_a_minute_is_refused() {
    for (var check = 0; check < 10; check++) {
      assertThat(root.put(VALIDATE, body("right", "")).status()).isEqualTo(204);
    }
    var answer = root.put(VALIDATE, body("right", ""));
    assertThat(answer.problem()).isEqualTo("429 too-many-checks");
    assertThat(answer.header("Retry-After")).isEqualTo("60");
    console.pass(Duration.ofMinutes(1));
    assertThat(root.put(VALIDATE, body("right", "")).status()).isEqualTo(204);
  }

  @Test
  void R515_the_fourth_check_at_once_is_refused() throws IOException {
    var running = new ArrayList<String>();
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      var port = String.valueOf(silent.getLocalPort());
      var body = body("right", "").replace(String.valueOf(relay.port()), port);
      for (var check = 0; check < 3; check++) {
        var begun = root.post(SmtpCheckCalls.CHECKS, body);
        assertThat(begun.status()).isEqualTo(201);
        running.add(SmtpCheckCalls.CHECKS + "/" + begun.at("/uid"));
      }
      assertThat(root.post(SmtpCheckCalls.CHECKS, body).problem()).isEqualTo("429 too-many-checks");
    }
    for (var check : running) {
      Eventually.until(() -> root.get(check).at("/status/state").equals("finished"));
    }
    assertThat(root.put(VALIDATE, body("right", "")).status()).isEqualTo(204);
  }

  @Test
  void an_unknown_check_is_not_found() {
    assertThat(root.get(SmtpCheckCalls.CHECKS + "/0123").problem())
        .isEqualTo("404 check-not-found");
    assertThat(root.get(SmtpCheckCalls.CHECKS + "/0123/events").problem())
        .isEqualTo("404 check-not-found");
  }

  private String body(String password, String more) {
    return """
    {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none","userName":"postern",\
    "password":"%s","fromEmailId":"noreply@example.com"%s}\
    """
        .formatted(relay.port(), password, more);
  }
}
