package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.platform.database.PrivatePostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Mail page of the running console: what waits, why, and what the buttons do.
final class MailPagesTest {
  private static final String ACCEPTED = "Accepted by the relay</span>";
  private static final Pattern UID = Pattern.compile("/system/mail/([0-9a-f]{32})");

  @TempDir Path directory;
  private final LedgerSink sink = LedgerSink.start();
  private RunningConsole console;
  private Browser root;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> environment) {
    console = RunningConsole.start(directory, environment);
    root = Visits.setUp(console);
  }

  @AfterEach
  void stop() {
    console.close();
    sink.close();
  }

  @Test
  void an_empty_outbox_says_what_to_do_first() {
    assertThat(list()).contains("No mail yet").contains("No SMTP server is configured yet");
  }

  @Test
  void a_waiting_mail_is_listed_shown_and_found_by_its_recipient() {
    invite("ada@tenant.test");

    assertThat(list())
        .contains("ada@tenant.test", "Queued</span>", "when its turn comes")
        .doesNotContain("just now");
    assertThat(root.get(only()).body()).contains("<dt>Next try</dt><dd>when its turn comes</dd>");
    assertThat(root.get("/system/mail?text=nobody").body())
        .contains("No mail matches")
        .doesNotContain("ada@tenant.test");
    assertThat(root.get("/system/mail?text=ADA&state=queued").body()).contains("ada@tenant.test");
    assertThat(root.get(only()).body())
        .contains("Queued: waits for its turn")
        .contains("None yet")
        .contains("Kind of letter</dt><dd>Tenant invitation</dd>")
        .contains("In the log of the relay</dt><dd>search for <code>");
  }

  @Test
  void cancelling_asks_first_and_then_shows_what_became_of_the_mail() {
    invite("ada@tenant.test");
    var mail = only();

    assertThat(root.get(mail + "/cancel").body()).contains("will not be sent");
    var answer = root.submit(mail + "/cancel", mail + "/cancel", Map.of());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(root.follow(answer).body())
        .contains("The mail is cancelled and will not be sent.")
        .contains("Cancelled: somebody stopped it");
    var again = root.submit("/system/mail", mail + "/cancel", Map.of());
    assertThat(root.follow(again).body()).contains("Nothing was cancelled");
  }

  @Test
  void R739_a_saved_relay_lets_waiting_mail_go_and_its_words_are_shown() {
    invite("ada@tenant.test");
    saveRelay();

    Eventually.until(() -> list().contains(ACCEPTED));
    assertThat(sink.recipients()).containsExactly("ada@tenant.test");
    assertThat(root.get(only()).body())
        .contains("250 2.0.0 Ok: queued as 1")
        .contains("Try 1")
        .contains("class=\"ladder\"");
  }

  @Test
  void the_same_happens_on_postgresql() {
    console.close();
    var postgres = PrivatePostgres.shared();
    start(Map.of("POSTERN_DATABASE_URL", postgres.url(postgres.copy())));
    invite("ada@tenant.test");
    saveRelay();

    Eventually.until(() -> list().contains(ACCEPTED));
    assertThat(sink.recipients()).containsExactly("ada@tenant.test");
    assertThat(root.get("/system/mail?text=ADA&state=delivered").body())
        .contains("ada@tenant.test");
  }

  @Test
  void R506_the_words_of_a_relay_are_shown_as_text() {
    sink.answer("RCPT", "550 5.1.1 <script>alert(1)</script> nobody");
    invite("ada@tenant.test");
    saveRelay();

    Eventually.until(() -> list().contains("Failed</span>"));
    assertThat(root.get(only()).body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; nobody")
        .doesNotContain("<script>alert");
  }

  @Test
  void paused_outbox_says_so_and_resumes() {
    post("/system/mail/pause");
    assertThat(list()).contains("Sending is paused.");
    post("/system/mail/resume");
    assertThat(list()).doesNotContain("Sending is paused.");
  }

  @Test
  void R731_a_dead_relay_is_told_once_and_send_all_waiting_mail_sends_after_the_repair() {
    sink.answer("CONNECT", "554 5.3.2 Closed");
    invite("ada@tenant.test");
    saveRelay();
    Eventually.until(() -> list().contains("Mail waits:"));
    sink.answerAsUsual();

    assertThat(root.follow(post("/system/mail/send-all")).body()).contains("One mail is due now.");
    Eventually.until(() -> list().contains(ACCEPTED));
    assertThat(sink.recipients()).containsExactly("ada@tenant.test");
  }

  @Test
  void R740_health_degrades_with_the_relay_and_liveness_and_readiness_do_not() {
    assertThat(root.get("/actuator/health").statusCode()).isEqualTo(200);
    sink.answer("CONNECT", "554 5.3.2 Closed");
    invite("ada@tenant.test");
    saveRelay();
    Eventually.until(() -> list().contains("Mail waits:"));

    Eventually.until(() -> root.get("/actuator/health").statusCode() == 503);
    assertThat(root.get("/actuator/health").body())
        .contains("\"status\":\"DEGRADED\"")
        .contains("The relay is at fault")
        .contains("\"circuit\":\"open\"");
    assertThat(root.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(root.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(root.get("/actuator/prometheus").body())
        .contains("postern_outbox_circuit_open 1.0")
        .contains("postern_outbox_mails{state=\"parked\"} 1.0");
  }

  @Test
  void R209_skipped_verification_is_said_in_health_and_on_the_overview() {
    saveRelay(Map.of("insecureSkipVerifyTls", "on"));

    assertThat(root.get("/system").body()).contains("Insecure Skip TLS Verify is in force");
    assertThat(root.get("/actuator/health").body())
        .contains("\"notices\":[\"Insecure Skip TLS Verify is in force")
        .contains("\"status\":\"UP\"");
  }

  @Test
  void a_mail_that_is_not_there_is_a_plain_404() {
    assertThat(root.get("/system/mail/" + "0".repeat(32)).statusCode()).isEqualTo(404);
  }

  @Test
  void nobody_sees_mail_without_signing_in() {
    assertThat(console.browser().get("/system/mail").statusCode()).isEqualTo(303);
  }

  private void invite(String email) {
    var answer =
        root.submit(
            "/system/tenants/new",
            "/system/tenants",
            Map.of("orgName", "Acme", "firstName", "Ada", "lastName", "Love", "emailId", email));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private void saveRelay() {
    saveRelay(Map.of());
  }

  private void saveRelay(Map<String, String> more) {
    var fields =
        new java.util.HashMap<>(
            Map.of(
                "action", "save",
                "version", "0",
                "smtpServer", "127.0.0.1",
                "smtpPort", String.valueOf(sink.port()),
                "connectionSecurity", "none",
                "securityChosen", "true",
                "fromEmailId", "console@postern.test"));
    fields.putAll(more);
    var answer = root.submit("/system/administration/smtp", "/system/administration/smtp", fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private java.net.http.HttpResponse<String> post(String path) {
    return root.submit("/system/mail", path, Map.of());
  }

  private String list() {
    return root.get("/system/mail").body();
  }

  private String only() {
    var found = UID.matcher(list());
    assertThat(found.find()).isTrue();
    return "/system/mail/" + found.group(1);
  }
}
