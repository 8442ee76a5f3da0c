package io.postern.console.audit;

import io.postern.console.platform.database.DatabaseException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Looks every minute of a running server whether a checkpoint is due.
final class HourlyCheckpoints implements AutoCloseable {
  private static final int LOOK_EVERY_SECONDS = 60;
  private static final Logger LOG = LoggerFactory.getLogger(HourlyCheckpoints.class);

  private final Checkpoints checkpoints;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("audit-checkpoints").factory());

  HourlyCheckpoints(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
  }

  void start() {
    var _ =
        clockwork.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }

  private void look() {
    try {
      var _ = checkpoints.takeIfDue();
    } catch (DatabaseException | DataAccessException e) {
      // Away or full for the moment: the next look takes it.
      LOG.warn("No checkpoint of the audit log could be taken: {}", e.getMessage());
    }
  }
}
