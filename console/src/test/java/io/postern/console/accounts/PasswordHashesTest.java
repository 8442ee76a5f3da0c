package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.RunningConsole;
import io.postern.smtp.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {
  private final PasswordHashes today = new PasswordHashes(PasswordCost.TODAY, new SecureRandom());
  private final PasswordHashes cheap = new PasswordHashes(RunningConsole.CHEAP, new SecureRandom());

  @Test
  void R564_a_password_costs_at_least_the_floor() {
    assertThat(PasswordCost.TODAY.memoryKibibytes()).isGreaterThanOrEqualTo(19 * 1024);
    assertThat(PasswordCost.TODAY.passes()).isGreaterThanOrEqualTo(2);
    assertThat(today.hash(Secret.of("correct horse")))
        .startsWith("$argon2id$v=19$m=24576,t=3,p=1$");
  }

  @Test
  void a_password_fits_its_own_hash_alone() {
    var hash = today.hash(Secret.of("correct horse"));

    assertThat(today.match(Secret.of("correct horse"), hash)).isEqualTo(PasswordHashes.Match.YES);
    assertThat(today.match(Secret.of("correct horsf"), hash)).isEqualTo(PasswordHashes.Match.NO);
  }

  @Test
  void a_hash_of_another_cost_is_outdated() {
    var hash = cheap.hash(Secret.of("correct horse"));

    assertThat(today.match(Secret.of("correct horse"), hash))
        .isEqualTo(PasswordHashes.Match.YES_OUTDATED);
  }

  @Test
  void nobody_has_a_password_and_costs_the_same() {
    assertThat(today.match(Secret.of("anything"), null)).isEqualTo(PasswordHashes.Match.NO);
    assertThat(today.nobody()).startsWith("$argon2id$v=19$m=24576,t=3,p=1$");
    assertThat(today.nobody()).hasSameSizeAs(today.hash(Secret.of("anything")));
  }

  @Test
  void composed_and_decomposed_letters_are_one_password() {
    var hash = cheap.hash(Secret.of("p\u00e4ssword"));

    assertThat(cheap.match(Secret.of("pa\u0308ssword"), hash)).isEqualTo(PasswordHashes.Match.YES);
  }
}
