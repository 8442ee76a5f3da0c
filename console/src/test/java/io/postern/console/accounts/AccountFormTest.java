package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the form of *Create account* takes, and what it says to the rest.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountFormTest {
  private RunningConsole console;
  private Management root;

  @BeforeAll
  void start(@TempDir Path directory) {
    console = RunningConsole.start(directory, Map.of());
    root = new Management(console, Visits.setUp(console));
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void a_disk_that_is_full_is_said_of_the_form_and_accuses_no_field() {
    console.fill("The disk is full. Make room.");
    try {
      var fields = Map.of("emailId", "grace@example.com", "adminType", "AccountAdmin");
      var answer = root.create(fields);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("<p class=\"notice error\" role=\"alert\">The disk is full. Make room.</p>")
          .contains("value=\"grace@example.com\"")
          .doesNotContain("aria-invalid");
    } finally {
      console.fill(null);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "emailId||Enter an e-mail address",
        "emailId|ada|",
        "emailId|ada@example.com\\r\\nBcc: x@y.test|",
        "adminType||Choose a role",
        "adminType|TenantAdmin|Choose a role",
        "adminType|rootadmin|Choose a role"
      })
  void what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
      String field, String value, String words) {
    var fields =
        new HashMap<>(
            Map.of(
                "firstName", "Grace",
                "lastName", "Hopper",
                "emailId", "grace@example.com",
                "adminType", "AccountAdmin"));
    fields.put(field, value == null ? "" : value.translateEscapes());

    var answer = root.create(fields);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("id=\"" + field + "-error\"")
        .contains("value=\"Grace\"", "value=\"Hopper\"")
        .contains(words == null ? "" : words);
    assertThat(root.list()).doesNotContain("Grace");
  }

  /// `type=email` would refuse it in the browser: HTML knows no quoted local part.
  @Test
  void an_address_with_a_quoted_local_part_can_be_typed_and_is_taken() {
    assertThat(root.browser.get(Management.PATH + "/new").body())
        .contains("name=\"emailId\" type=\"text\" inputmode=\"email\"")
        .doesNotContain("type=\"email\"");
    var answer =
        root.create(
            Map.of(
                "firstName", "Quo",
                "lastName", "Ted",
                "emailId", "\"quo ted\"@example.com",
                "adminType", "AccountAdmin"));
    assertThat(answer.statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @CsvSource({"128,303", "129,422"})
  void a_name_has_up_to_128_characters(int length, int status) {
    var answer =
        root.create(
            Map.of(
                "firstName",
                "n".repeat(length),
                "lastName",
                "",
                "emailId",
                "long@example.com",
                "adminType",
                "AccountAdmin"));
    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
