package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// who gets a reset letter, and how often.
@ParameterizedClass
@EnumSource
@Timeout(120)
final class ResetLettersTest {
  private static final String KNOWN = "known@example.com";

  private final Database.Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;

  ResetLettersTest(Database.Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {KNOWN, "unknown@example.com"})
  void R545_an_address_is_served_3_times_an_hour_whether_it_has_an_account_or_not(String email) {
    stand.account(KNOWN);
    for (var asked = 0; asked < ResetLetters.PER_ADDRESS_MAX; asked++) {
      assertThat(ask(email, "192.0.2." + asked)).isNull();
    }
    assertThat(ask(email.toUpperCase(java.util.Locale.ROOT), "192.0.2.99")).contains("3 times");
    stand.pass(Duration.ofHours(1).minusMillis(1));
    assertThat(ask(email, "192.0.2.99")).contains("3 times");
    stand.pass(Duration.ofMillis(1));
    assertThat(ask(email, "192.0.2.99")).isNull();
  }

  @Test
  void R545_a_client_is_served_20_times_an_hour() {
    for (var asked = 0; asked < ResetLetters.PER_NETWORK_MAX; asked++) {
      assertThat(ask("a%d@example.com".formatted(asked), "192.0.2.1")).isNull();
    }
    assertThat(ask("next@example.com", "192.0.2.1")).contains("from your address");
    assertThat(ask("next@example.com", "192.0.2.2")).isNull();
  }

  @Test
  void R545_a_client_of_ipv6_is_its_network() {
    for (var asked = 0; asked < ResetLetters.PER_NETWORK_MAX; asked++) {
      assertThat(ask("a%d@example.com".formatted(asked), "2001:db8::%x".formatted(asked))).isNull();
    }
    assertThat(ask("next@example.com", "2001:db8::ffff")).contains("from your address");
    assertThat(ask("next@example.com", "2001:db8:1::1")).isNull();
  }

  @Test
  void R545_the_instance_serves_300_times_an_hour() {
    for (var asked = 0; asked < ResetLetters.PER_INSTANCE_MAX; asked++) {
      var client = "198.51.%d.%d".formatted(asked / 250, asked % 250);
      assertThat(ask("a%d@example.com".formatted(asked), client)).isNull();
    }
    assertThat(ask("next@example.com", "192.0.2.1")).contains("ask an administrator");
  }

  @Test
  void R545_a_reset_that_is_asked_for_locks_nobody_out() {
    var account = stand.account(KNOWN);
    ask(KNOWN, "192.0.2.1");
    stand.resets.close();
    assertThat(stand.letters("PASSWORD_RESET", KNOWN)).hasSize(1);
    var hash =
        stand.database.read(
            tx -> String.valueOf(stand.parts.accounts().passwordHash(tx, account.uid())));
    assertThat(hash).isEqualTo("no hash");
  }

  @Test
  void R546_only_the_verified_address_of_an_active_account_gets_a_letter() {
    stand.account(null, "unverified@example.com", false);
    stand.account("tenant1", "tenant@example.com", true);
    var suspended = stand.account("tenant2", "suspended@example.com", true);
    stand.database.write(tx -> {
      stand.parts.accounts().suspendTenant(tx, String.valueOf(suspended.tenantUid()));
      return true;
    });
    stand.account(KNOWN);
    ask("unverified@example.com", "192.0.2.1");
    ask("tenant@example.com", "192.0.2.1");
    ask("Known@Example.com", "192.0.2.1");
    stand.resets.ask(ResetLetters.Realm.TENANTS, "suspended@example.com", "192.0.2.1");
    stand.resets.ask(ResetLetters.Realm.TENANTS, KNOWN, "192.0.2.1");
    stand.resets.close();
    assertThat(stand.letters("PASSWORD_RESET", "unverified@example.com")).isEmpty();
    assertThat(stand.letters("PASSWORD_RESET", "tenant@example.com")).isEmpty();
    assertThat(stand.letters("PASSWORD_RESET", "suspended@example.com")).isEmpty();
    assertThat(stand.letters("PASSWORD_RESET", KNOWN)).as("as it is stored").hasSize(1);
  }

  @Test
  void who_administers_several_tenants_gets_a_letter_for_each() {
    stand.account("tenant1", "both@example.com", true);
    stand.account("tenant2", "both@example.com", true);
    stand.resets.ask(ResetLetters.Realm.TENANTS, "both@example.com", "192.0.2.1");
    stand.resets.close();
    assertThat(stand.letters("PASSWORD_RESET", "both@example.com")).hasSize(2);
  }

  @Test
  void R542_a_reset_link_works_for_30_minutes() {
    stand.account(KNOWN);
    ask(KNOWN, "192.0.2.1");
    stand.resets.close();
    var letter = stand.letters("PASSWORD_RESET", KNOWN).getFirst();
    assertThat(letter.expiresAt()).isEqualTo(stand.now().plus(Duration.ofMinutes(20)));
    stand.pass(Duration.ofMinutes(30).minusMillis(1));
    assertThat(stand.open(letter)).isInstanceOf(Links.Found.Alive.class);
    stand.pass(Duration.ofMillis(1));
    assertThat(stand.open(letter)).isInstanceOf(Links.Found.Dead.class);
  }

  private @Nullable String ask(String email, String address) {
    return stand.resets.ask(ResetLetters.Realm.SYSTEM, email, address);
  }
}
