package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.smtp.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// how long a password is, and which ones attackers try first.
final class PasswordRulesTest {
  private final PasswordRules rules = new PasswordRules();

  @Test
  void R564_15_to_128_characters_are_taken() {
    assertThat(refuse(of(14))).contains("at least 15 characters", "has 14");
    assertThat(refuse(of(15))).isNull();
    assertThat(refuse(of(128))).isNull();
    assertThat(refuse(of(129))).contains("at most 128 characters", "has 129");
  }

  @Test
  void R564_a_character_is_a_character_whatever_it_takes_in_octets() {
    assertThat(refuse("\ud83d\udc0e\ud83d\udd0b\ud83d\udccc\ud83e\ude9d\ud83d\ude00".repeat(3)))
        .isNull();
    assertThat(refuse("    \u00e4 \u6c34 ' \" \\ ; --   ")).isNull();
  }

  @Test
  void R564_what_attackers_try_first_is_refused() {
    for (var poor :
        new String[] {
          "passwordpassword",
          "PasswordPassword",
          "aaaaaaaaaaaaaaaa",
          "121212121212121212",
          "ada@long-name.example.com",
          "ADA@long-name.example.com"
        }) {
      assertThat(refuse(poor)).as(poor).isNotNull();
    }
  }

  private @Nullable String refuse(String password) {
    return rules.refuse(Secret.of(password), "ada@long-name.example.com");
  }

  private static String of(int length) {
    return "correct horse battery staple ".repeat(5).substring(0, length - 1) + "!";
  }
}
