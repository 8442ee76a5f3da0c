package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// what is told about the outbox, and when it alarms.
@ParameterizedClass
@EnumSource
final class VitalSignsTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;
  private VitalSigns signs;

  VitalSignsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = OutboxStand.on(dialect, directory);
    signs = new VitalSigns(stand.parts, new Workers(stand).relay.settings(), stand.outbox);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void an_empty_outbox_is_well() {
    var vitals = signs.now();

    assertThat(vitals.alarm()).isEmpty();
    assertThat(vitals.oldestAge()).isZero();
    assertThat(vitals.medianAge()).isZero();
  }

  @Test
  void R740_ages_count_only_what_waits() {
    stand.outbox.cancel(stand.actor(), stand.enqueue("cancelled@tenant.test"));
    for (var minute = 0; minute < 100; minute++) {
      stand.clock.pass(Duration.ofMinutes(1));
      stand.enqueue(stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(1)));
    }

    var vitals = signs.now();

    assertThat(vitals.oldestAge()).isEqualTo(Duration.ofMinutes(99));
    assertThat(vitals.medianAge()).isEqualTo(Duration.ofMinutes(50));
    assertThat(vitals.highAge()).isEqualTo(Duration.ofMinutes(99));
    assertThat(vitals.count(MailState.QUEUED)).isEqualTo(100);
    assertThat(vitals.count(MailState.CANCELLED)).isEqualTo(1);
  }

  @Test
  void R740_a_security_letter_that_waits_for_more_than_two_minutes_is_an_alarm() {
    stand.enqueue(stand.letter("ada@tenant.test", Priority.SECURITY, Duration.ofHours(1)));
    stand.clock.pass(Duration.ofMinutes(2));
    assertThat(signs.now().alarm()).isEmpty();

    stand.clock.pass(Duration.ofMinutes(1));
    assertThat(signs.now().alarm()).isEqualTo("A security letter has waited for 3 minutes.");
  }

  @Test
  void R740_waiting_mail_without_a_success_for_a_quarter_of_an_hour_is_an_alarm() {
    stand.enqueue("ada@tenant.test");
    stand.clock.pass(Duration.ofMinutes(15));
    assertThat(signs.now().alarm()).isEmpty();
    stand.clock.pass(Duration.ofMinutes(1));
    assertThat(signs.now().alarm()).contains("none was accepted");

    stand.database.write(tx -> {
      Circuit.accepted(tx, stand.clock.instant());
      return 0;
    });
    stand.clock.pass(Duration.ofSeconds(5));
    assertThat(signs.now().alarm()).isEmpty();
  }

  @Test
  void R740_a_full_disk_is_an_alarm_before_any_other() {
    stand.full = "The disk of the data directory /srv/postern is full.";

    assertThat(signs.now().alarm())
        .isEqualTo("The disk of the data directory /srv/postern is full.");
  }

  @Test
  void figures_are_read_at_most_every_five_seconds() {
    var first = signs.now();
    stand.clock.pass(Duration.ofSeconds(4));
    assertThat(signs.now()).isSameAs(first);
    stand.clock.pass(Duration.ofSeconds(1));
    assertThat(signs.now()).isNotSameAs(first);
  }
}
