package io.postern.smtp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// a password is taken as it is, and what looks odd about it is said.
class PasswordLookTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "abcd efgh ijkl mnop",
        " abcd efgh ijkl mnop\n",
        "abcd\u00A0efgh\u00A0ijkl\u00A0mnop"
      })
  void R235_a_pasted_app_password_is_warned_about(String password) {
    assertTrue(
        PasswordLook.notes(Secret.of(password))
            .getFirst()
            .startsWith("It looks like an app password"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abcdefghijklmnop", "abcd efgh ijkl mno", "correct horse battery staple", "a b"})
  void R235_a_password_that_may_mean_its_blanks_is_not(String password) {
    assertEquals(0, PasswordLook.notes(Secret.of(password)).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {" secret", "secret ", "secret\t"})
  void R235_outer_blanks_are_kept_and_said(String password) {
    assertTrue(PasswordLook.notes(Secret.of(password)).getFirst().startsWith("It begins or ends"));
  }

  @ParameterizedTest
  @CsvSource({"a,255,0", "a,256,1", "é,127,0", "é,128,1"})
  void R235_more_octets_than_every_server_takes_are_said(String letter, int times, int notes) {
    assertEquals(notes, PasswordLook.notes(Secret.of(letter.repeat(times))).size());
  }

  @Test
  void nothing_of_the_password_is_in_a_note() {
    var notes = PasswordLook.notes(Secret.of(" hunter2 " + "x".repeat(300)));
    assertEquals(2, notes.size());
    assertTrue(notes.stream().noneMatch(note -> note.contains("hunter2")));
  }
}
