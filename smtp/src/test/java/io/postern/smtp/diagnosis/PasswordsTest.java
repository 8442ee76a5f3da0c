package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A password that was refused, told by its look.
class PasswordsTest {
  private static final String WRONG = "535 5.7.8 Authentication failed.";

  @ParameterizedTest
  @ValueSource(strings = {"Kiesel!Bank88 ", " Kiesel", "Kiesel\n", "Kiesel\t", "Kiesel\u00A0"})
  void blanks_around_it_were_copied_along(String password) {
    assertEquals("credentials-have-whitespace", cause("mail.example.net", password, WRONG));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${SMTP_PASSWORD}", "$SMTP_PASSWORD", "{{ smtp_password }}", "%SMTP_PASSWORD%", "undefined",
        "\"Kiesel!Bank88\"", "'Kiesel'", "Kiesel$$Bank", "Kiesel\\$Bank", "Kiesel&amp;Bank"
      })
  void what_a_template_leaves_is_no_password(String password) {
    assertEquals("password-altered-by-template", cause("mail.example.net", password, WRONG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"“Kiesel”", "Kiesel–Bank", "it’s", "abcd—efgh"})
  void bent_quotes_and_long_dashes_were_not_typed(String password) {
    assertEquals("password-altered-by-autocorrect", cause("mail.example.net", password, WRONG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Größe!Wald27", "пароль", "Kiesel\u00A0Bank"})
  void letters_beyond_ASCII_are_read_otherwise(String password) {
    assertEquals("password-encoding", cause("mail.example.net", password, WRONG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kiesel!Bank88", "a b c", "pa$word", "5' 6\" tall", "R&D", "100%"})
  void an_ordinary_one_is_just_wrong(String password) {
    assertEquals("auth-bad-credentials", cause("mail.example.net", password, WRONG));
  }

  @ParameterizedTest
  @CsvSource({
    "Größe!Wald27, app-password-required",
    "abcd–efgh–ijkl–mnop, password-altered-by-autocorrect",
    "'abcd-efgh-ijkl-mnop ', credentials-have-whitespace"
  })
  void the_kind_comes_before_its_letters(String password, String cause) {
    assertEquals(
        cause, cause("smtp.mail.me.com", password, "535 5.7.8 Error: authentication failed"));
  }

  @Test
  void a_reply_that_says_more_is_believed() {
    var locked = "535 5.7.8 Error: authentication failed: Password expired";
    assertEquals("password-policy", cause("mail.example.net", "Kiesel ", locked));
    assertEquals(
        "auth-backend-unavailable",
        cause("mail.example.net", "Kiesel ", "454 4.7.0 Temporary authentication failure"));
  }

  @Test
  void a_token_that_is_name_and_password_is_not_shown() {
    var token = "7d1f0c52-3b9e-4a65-8c17-2e5f9ab3d048";
    var shown = diagnose("smtp.postmarkapp.com", token, token, "535 5.7.8 Error: Invalid token");
    assertFalse(shown.toString().contains(token), shown::toString);
  }

  private static String cause(String host, String password, String reply) {
    var diagnosis = diagnose(host, "console@example.net", password, reply);
    assertFalse(diagnosis.certainty() == Certainty.CERTAIN, diagnosis::toString);
    return diagnosis.cause();
  }

  private static Diagnosis diagnose(String host, String user, String password, String reply) {
    var context =
        new DiagnosisContext(
            host,
            587,
            Security.STARTTLS,
            "ready",
            List.of(),
            List.of("PLAIN"),
            List.of(),
            user,
            Secret.of(password),
            false,
            "console@example.net",
            "",
            "",
            Instant.parse("2026-11-26T12:00:00Z"),
            Evidence.NONE);
    return Diagnoser.diagnose(
        Stage.AUTH, new Finding.Refused("AUTH PLAIN", PastedReply.parse(reply)), context);
  }
}
