package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The own account over the API, where it is refused; [EveryCallTest] shows where it is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MyAccountCallsTest {
  private static final String FRESH = "purple monkey dishwasher lamp";

  private Path directory;
  private RunningConsole console;
  private TinyRelay relay;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    this.directory = directory;
    console = Root.console(directory);
    relay = new TinyRelay();
  }

  @BeforeEach
  void signIn() {
    // Failed tries of the test before are forgotten by then.
    console.pass(Duration.ofHours(1));
    root = Root.client(console);
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  @Test
  void the_account_is_read_in_the_shape_of_the_model() {
    var me = root.get(MyAccountCalls.ME);
    assertThat(me.at("/spec/emailId")).isEqualTo(Root.EMAIL);
    assertThat(me.at("/spec/adminType")).isEqualTo("RootAdmin");
    assertThat(me.at("/status/isEmailVerified")).isEqualTo("false");
    assertThat(me.at("/status/lastLoginTime")).isEqualTo(console.now().toString());
  }

  @Test
  void R548_without_working_mail_no_change_is_begun_and_the_way_without_is_named() {
    try (var database = new SqliteDatabase(directory.resolve("data/postern.db"))) {
      database.write(tx -> tx.jdbc().sql("delete from relay_version").update());
    }
    var answer = email("new@example.com", Root.PASSWORD);
    assertThat(answer.problem()).isEqualTo("503 mail-not-working");
    assertThat(answer.at("/message")).contains("account set-email");
    assertThat(root.patch(MyAccountCalls.VERIFY, "").problem()).isEqualTo("503 mail-not-working");
  }

  @Test
  void R548_a_wrong_password_is_told_at_its_field_and_slowed_down() {
    save();
    var wrong = email("new@example.com", "wrong");
    assertThat(wrong.problem()).isEqualTo("422 invalid-fields");
    assertThat(wrong.at("/details/fields/password")).contains("not right");
    email("new@example.com", "wrong");
    email("new@example.com", "wrong");
    assertThat(email("new@example.com", "wrong").problem()).isEqualTo("429 too-many-tries");
  }

  @Test
  void an_address_that_cannot_be_used_is_refused() {
    save();
    assertThat(email("no address", Root.PASSWORD).at("/details/fields/email")).isNotEmpty();
    assertThat(email(Root.EMAIL, Root.PASSWORD).problem()).isEqualTo("409 address-unchanged");
    assertThat(email("a".repeat(321), Root.PASSWORD).at("/details/fields/email")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"oldPassword\":\"wrong\",\"newPassword\":\"" + FRESH + "\"}",
        "{\"oldPassword\":\"" + Root.PASSWORD + "\",\"newPassword\":\"short\"}",
        "{\"oldPassword\":\"\",\"newPassword\":\"" + FRESH + "\"}",
        "{\"email\":\"other@example.com\",\"oldPassword\":\""
            + Root.PASSWORD
            + "\",\"newPassword\":\""
            + FRESH
            + "\"}"
      })
  void a_password_is_changed_only_with_the_present_one_and_for_the_own_account(String body) {
    assertThat(root.patch(MyAccountCalls.PASSWORD, body).problem()).isEqualTo("422 invalid-fields");
    assertThat(Root.client(console).get(MyAccountCalls.ME).status()).isEqualTo(200);
  }

  @Test
  void a_new_password_ends_the_tokens_of_the_old_one() {
    console.pass(Duration.ofMillis(1));
    change(Root.PASSWORD, FRESH);
    assertThat(root.get(MyAccountCalls.ME).status()).isEqualTo(401);
    root = ApiClient.signedIn(console, Root.EMAIL, FRESH);
    console.pass(Duration.ofMillis(1));
    change(FRESH, Root.PASSWORD);
  }

  private void change(String from, String to) {
    assertThat(
            root.patch(
                    MyAccountCalls.PASSWORD,
                    "{\"oldPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(from, to))
                .status())
        .isEqualTo(204);
  }

  private ApiClient.Answer email(String email, String password) {
    return root.patch(
        MyAccountCalls.EMAIL, "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  private void save() {
    var body =
        """
        {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none","userName":"postern",\
        "password":"right","fromEmailId":"noreply@example.com",\
        "acknowledged":["cleartext-password"]}\
        """
            .formatted(relay.port());
    assertThat(root.put(SmtpConfigCalls.PATH, body).status()).isEqualTo(204);
  }
}
