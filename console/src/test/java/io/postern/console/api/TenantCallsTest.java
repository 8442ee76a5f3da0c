package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
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
import org.junit.jupiter.params.provider.CsvSource;

/// Tenants over the API, from creation to the end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenantCallsTest {
  private static final String PATH = TenantCalls.PATH;

  private RunningConsole console;
  private ApiClient root;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
  }

  @BeforeEach
  void signIn() {
    root = Root.client(console);
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void a_tenant_is_created_with_a_queued_invitation() {
    var made = create("Analytical Engines", "ada@engines.example");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().propertyNames()).containsExactly("uid");
    assertThat(made.header("AuditUid")).matches("[0-9a-f]{32}");

    var read = root.get(made.header("Location"));
    assertThat(read.at("/metadata/uid")).isEqualTo(made.at("/uid"));
    assertThat(read.at("/metadata/name")).isEqualTo("Analytical Engines");
    assertThat(read.at("/spec/emailId")).isEqualTo("ada@engines.example");
    assertThat(read.at("/status/isActive")).isEqualTo("false");
    assertThat(read.at("/status/toBeDeleted")).isEqualTo("false");
    assertThat(read.at("/status/invitation/state")).isEqualTo("queued");
    assertThat(read.body()).as("no link").doesNotContain("/link/");
    assertThat(root.get("/v1/mails/" + read.at("/status/invitation/mailUid")).at("/to"))
        .isEqualTo("ada@engines.example");
  }

  @Test
  void blanks_that_were_removed_are_said() {
    var made = create("  Blank ", "ada@blank.example");
    assertThat(made.header("Warning"))
        .isEqualTo("299 postern \"spec.orgName: Blanks or line breaks around it were removed.\"");
    assertThat(root.get(made.header("Location")).at("/metadata/name")).isEqualTo("Blank");
  }

  @Test
  void a_name_that_is_taken_is_a_conflict() {
    create("Twice", "one@twice.example");
    var again = create("twice", "two@twice.example");
    assertThat(again.problem()).isEqualTo("409 tenant-exists");
    assertThat(again.json().at("/details/fields").propertyNames()).containsExactly("orgName");
    assertThat(create("Other", "one@twice.example").json().at("/details/fields").propertyNames())
        .containsExactly("emailId");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "orgName|\"\"",
        "orgName|7",
        "orgName|\"a\\nb\"",
        "firstName|null",
        "lastName|\"\"",
        "emailId|\"ada\"",
        "emailId|\"ada@example.com\\r\\nX: y\""
      })
  void a_wrong_value_is_named_by_its_path(String field, String value) {
    var answer =
        root.post(
            PATH,
            "{\"spec\":{\"orgName\":\"O\",\"firstName\":\"A\",\"lastName\":\"L\",\"emailId\":\"a@b.example\"}}"
                .replaceFirst(
                    "\"" + field + "\":\"[^\"]*\"",
                    java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value)));
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.json().at("/details/fields").propertyNames())
        .containsExactly("spec." + field);
  }

  @ParameterizedTest
  @CsvSource({"128,201", "129,422"})
  void a_name_has_up_to_128_characters(int length, int status) {
    assertThat(create("n".repeat(length), "long@%d.example".formatted(length)).status())
        .isEqualTo(status);
  }

  @Test
  void unknown_fields_of_a_part_are_named_with_their_path() {
    var answer =
        root.post(
            PATH,
            """
            {"metadata":{"name":"x","other":1},"spec":{"orgName":"Warned","firstName":"A",
             "lastName":"L","emailId":"a@warned.example","loginMode":"dev"}}\
            """);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Warning")).contains("metadata.other, spec.loginMode");
  }

  @Test
  void activate_answers_the_link_while_nobody_has_used_it() {
    var path = create("Linked", "ada@linked.example").header("Location");
    var answer = root.patch(path + "/activate", "{\"isActive\":true}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/activationLink")).contains("/link/");
    assertThat(answer.at("/expiry")).isNotEmpty();
    assertThat(root.patch(path + "/activate", "{\"isActive\":false}").problem())
        .isEqualTo("422 invalid-fields");
  }

  @Test
  void an_invitation_is_sent_again_in_a_letter_of_its_own() {
    var path = create("Again", "ada@again.example").header("Location");
    var before = root.get(path).at("/status/invitation/mailUid");
    assertThat(root.post(path + "/invitation", "").status()).isEqualTo(204);
    assertThat(root.get(path).at("/status/invitation/mailUid")).isNotEqualTo(before);
    assertThat(root.get("/v1/mails/" + before).at("/state")).isEqualTo("cancelled");
  }

  @Test
  void a_tenant_is_marked_restored_marked_again_and_cleaned_up() {
    var path = create("Leaving", "ada@leaving.example").header("Location");
    assertThat(root.delete(path + "/cleanUp").problem()).isEqualTo("409 tenant-state");
    assertThat(root.delete(path).status()).isEqualTo(204);
    assertThat(root.get(path).at("/status/toBeDeleted")).isEqualTo("true");
    assertThat(root.get(path).at("/metadata/deletionTimestamp")).isNotEmpty();
    assertThat(root.delete(path).problem()).isEqualTo("409 tenant-state");
    assertThat(root.post(path + "/invitation", "").problem()).isEqualTo("409 tenant-state");
    assertThat(root.patch(path + "/activate", "{\"isActive\":true}").status()).isEqualTo(200);
    assertThat(root.get(path).at("/status/toBeDeleted")).isEqualTo("false");
    root.delete(path);
    assertThat(root.delete(path + "/cleanUp").status()).isEqualTo(204);
    assertThat(root.get(path).problem()).isEqualTo("404 tenant-not-found");
    assertThat(root.delete(path).problem()).isEqualTo("404 tenant-not-found");
  }

  @Test
  void R567_an_old_token_deletes_nothing_and_shows_no_link() {
    var path = create("Stepped", "ada@stepped.example").header("Location");
    console.pass(Duration.ofMinutes(15));
    assertThat(root.delete(path).problem()).isEqualTo("403 step-up-required");
    assertThat(root.delete(path + "/cleanUp").problem()).isEqualTo("403 step-up-required");
    assertThat(root.patch(path + "/activate", "{\"isActive\":true}").problem())
        .isEqualTo("403 step-up-required");
  }

  @Test
  void lists_are_searched_and_paged() {
    for (var number = 0; number < 3; number++) {
      create("Listed " + number, "ada@listed%d.example".formatted(number));
    }
    var page = root.get(PATH + "?text=listed&limit=2");
    assertThat(page.json().at("/items").size()).isEqualTo(2);
    assertThat(page.at("/listmeta/count")).isEqualTo("3");
    assertThat(root.get(PATH + "?text=" + "x".repeat(200)).status()).isEqualTo(200);
    assertThat(root.get(PATH + "?text=" + "x".repeat(201)).problem())
        .isEqualTo("400 invalid-parameter");
  }

  @Test
  void what_was_done_stands_in_the_audit_log() {
    var made = create("Audited", "ada@audited.example");
    var answer = root.get("/v1/audits?text=Audited&action=create");
    assertThat(answer.at("/items/0/metadata/uid")).isEqualTo(made.header("AuditUid"));
    assertThat(answer.at("/items/0/spec/actionType")).isEqualTo("create");
    assertThat(answer.at("/items/0/spec/resource/uid")).isEqualTo(made.at("/uid"));
    assertThat(answer.at("/items/0/spec/actor/user/emailId")).isEqualTo(Root.EMAIL);
    var paged = root.get("/v1/audits?limit=1");
    var rest = root.get("/v1/audits?limit=1&continue=" + paged.at("/listmeta/continue"));
    assertThat(rest.at("/items/0/metadata/sequence"))
        .isEqualTo(String.valueOf(Long.parseLong(paged.at("/items/0/metadata/sequence")) - 1));
    assertThat(root.get("/v1/audits?action=everything").problem())
        .isEqualTo("400 invalid-parameter");
    assertThat(root.get("/v1/audits?startTime=2026-01-01").problem())
        .isEqualTo("400 invalid-parameter");
  }

  private ApiClient.Answer create(String name, String email) {
    return root.post(
        PATH,
        """
        {"metadata":{"name":"%s"},
         "spec":{"orgName":"%s","firstName":"Ada","lastName":"Lovelace","emailId":"%s"}}\
        """
            .formatted(name, name, email));
  }
}
