package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Makes every call of the API succeed once, in every way that its description names. [ApiClient]
/// holds each answer to the description; the last test holds the description to the answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EveryCallTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final String SMTP = SmtpConfigCalls.PATH;

  private Path directory;
  private RunningConsole console;
  private TinyRelay relay;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    this.directory = directory;
    ApiContract.forget();
    console = Root.console(directory);
    relay = new TinyRelay();
    root = Root.client(console);
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  @Test
  @Order(1)
  void the_document_is_served_to_anybody_as_the_tests_have_it() {
    var served = ApiClient.anonymous(console).get(OpenApiCalls.PATH);
    assertThat(served.json().path("paths")).isEqualTo(ApiContract.DOCUMENT.path("paths"));
    assertThat(served.at("/openapi")).isEqualTo("3.1.0");
  }

  @Test
  @Order(2)
  void waiting_mail_is_taken_and_cancelled() {
    var path = send("ada@example.com", "cancelled");
    assertThat(root.post(path + "/cancel", "").status()).isEqualTo(204);
    assertThat(root.get(MailCalls.PATH + "?limit=1").status()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void the_relay_is_validated_checked_and_saved() {
    assertThat(root.get(SMTP).status()).isEqualTo(200);
    assertThat(root.put(SMTP + "/validate", relay()).status()).isEqualTo(204);
    var check = root.post(SMTP + "/checks", relay()).header("Location");
    assertThat(root.get(check + "/events").status()).isEqualTo(200);
    assertThat(root.get(check).status()).isEqualTo(200);
    assertThat(root.put(SMTP, relay()).status()).isEqualTo(204);
    assertThat(root.get(SMTP).status()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void refused_mail_is_sent_again() {
    var path = send("nobody@example.com", "refused");
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!root.get(path).at("/state").equals("failed") && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(root.post(path + "/retry", "").status()).isEqualTo(204);
  }

  @Test
  @Order(5)
  void a_tenant_lives_from_invitation_to_removal() {
    var path =
        root.post(
                TenantCalls.PATH,
                """
                {"spec":{"orgName":"Acme","firstName":"Ada","lastName":"Love","emailId":"ada@acme.test"}}\
                """)
            .header("Location");
    assertThat(root.get(TenantCalls.PATH).status()).isEqualTo(200);
    assertThat(root.get(path).status()).isEqualTo(200);
    assertThat(root.post(path + "/invitation", "").status()).isEqualTo(204);
    assertThat(activate(path).status()).isEqualTo(200);
    sql("update invitation set opened_at = sent_at, activated_at = sent_at");
    assertThat(root.get(path).status()).isEqualTo(200);
    assertThat(activate(path).status()).isEqualTo(204);
    assertThat(root.delete(path).status()).isEqualTo(204);
    assertThat(root.get(path).status()).isEqualTo(200);
    assertThat(root.delete(path + "/cleanUp").status()).isEqualTo(204);
  }

  @Test
  @Order(6)
  void a_system_account_is_made_given_a_link_and_deleted() {
    var path =
        root.post(
                AdminCalls.PATH,
                "{\"spec\":{\"adminType\":\"AccountAdmin\",\"emailId\":\"ben@acme.test\"}}")
            .header("Location");
    assertThat(root.get(AdminCalls.PATH).status()).isEqualTo(200);
    assertThat(root.get(path).status()).isEqualTo(200);
    assertThat(root.put(path + "/passwordResetLink", "").status()).isEqualTo(204);
    assertThat(
            root.with("Prefer", "return=representation")
                .put(path + "/passwordResetLink", "")
                .status())
        .isEqualTo(200);
    assertThat(root.get(path).status()).isEqualTo(200);
    assertThat(root.delete(path + "/sessions").status()).isEqualTo(204);
    assertThat(root.delete(path).status()).isEqualTo(204);
  }

  @Test
  @Order(7)
  void the_audit_log_tells_of_it() {
    assertThat(root.get("/v1/audits?text=Acme").status()).isEqualTo(200);
  }

  @Test
  @Order(90)
  void the_own_account_is_read_and_changed() {
    assertThat(root.put(SMTP, relay()).status()).isEqualTo(204);
    assertThat(root.get(MyAccountCalls.ME).status()).isEqualTo(200);
    assertThat(root.patch(MyAccountCalls.VERIFY, "").status()).isEqualTo(204);
    assertThat(
            root.patch(
                    MyAccountCalls.EMAIL,
                    "{\"email\":\"new@example.com\",\"password\":\"%s\"}".formatted(Root.PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(
            root.patch(
                    MyAccountCalls.PASSWORD,
                    "{\"oldPassword\":\"%s\",\"newPassword\":\"purple monkey dishwasher lamp\"}"
                        .formatted(Root.PASSWORD))
                .status())
        .isEqualTo(204);
  }

  @Test
  @Order(100)
  void every_success_that_is_described_was_seen() {
    var described = new TreeSet<String>();
    for (var path : ApiContract.DOCUMENT.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        for (var status : operation.getValue().path("responses").propertyNames()) {
          if (status.startsWith("2")) {
            described.add(
                "%s %s %s"
                    .formatted(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), status));
          }
        }
      }
    }
    described.removeAll(ApiContract.seen());
    assertThat(described).as("described, and no step of this test makes it happen").isEmpty();
  }

  private String send(String to, String key) {
    var answer =
        root.with("Idempotency-Key", key)
            .post(
                MailCalls.PATH,
                "{\"to\":\"%s\",\"subject\":\"Hello\",\"text\":\"A short text\"}".formatted(to));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.header("Location");
  }

  private ApiClient.Answer activate(String path) {
    return root.patch(path + "/activate", "{\"isActive\":true}");
  }

  private String relay() {
    return """
    {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none","userName":"postern",\
    "password":"right","fromEmailId":"noreply@example.com"}\
    """
        .formatted(relay.port());
  }

  private void sql(String statement) {
    try (var database = new SqliteDatabase(directory.resolve("data/postern.db"))) {
      database.write(tx -> tx.jdbc().sql(statement).update());
    }
  }
}
