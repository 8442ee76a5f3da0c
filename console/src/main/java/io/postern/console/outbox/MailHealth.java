package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;

/// `mail` in `/actuator/health`: degraded while mail does not flow. Liveness and readiness do not
/// look at it: a restart mends no relay.
final class MailHealth implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(MailHealth.class);

  static final Status DEGRADED = new Status("DEGRADED", "mail does not flow");

  private final VitalSigns signs;

  MailHealth(VitalSigns signs) {
    this.signs = signs;
  }

  @Override
  public Health health() {
    try {
      return health(signs.now());
    } catch (DatabaseException | DataAccessException e) {
      LOG.warn("The figures of the outbox cannot be read: {}", e.getMessage());
      return Health.down().withDetail("why", "The database does not answer.").build();
    }
  }

  private static Health health(Vitals vitals) {
    var alarm = vitals.alarm();
    var health = alarm.isEmpty() ? Health.up() : Health.status(DEGRADED).withDetail("why", alarm);
    vitals.counts().forEach((state, count) -> health.withDetail(state.word(), count));
    var accepted = vitals.relay().lastAcceptedAt();
    if (accepted.isAfter(Instant.EPOCH)) {
      health.withDetail("lastAcceptedAt", accepted.toString());
    }
    if (!vitals.notices().isEmpty()) {
      health.withDetail("notices", vitals.notices());
    }
    return health
        .withDetail("oldestSeconds", vitals.oldestAge().toSeconds())
        .withDetail("circuit", vitals.relay().held() ? "open" : "closed")
        .withDetail("paused", vitals.relay().paused())
        .withDetail("possibleDuplicates", vitals.duplicates())
        .build();
  }
}
