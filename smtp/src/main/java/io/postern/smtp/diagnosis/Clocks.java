package io.postern.smtp.diagnosis;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Two views of the time.
///
/// @param here this machine's clock when the check ended
/// @param there the date that the server put into its greeting; absent when it put none
public record Clocks(Instant here, @Nullable Instant there) {
  /// Nobody looked.
  public static final Clocks UNKNOWN = new Clocks(Instant.EPOCH, null);

  /// Server clocks are off by minutes; a day is no accident.
  private static final Duration APART_MIN = Duration.ofDays(1);

  /// Whether the server's date and this machine's are apart by more than a day.
  boolean apart() {
    return there != null && Duration.between(here, there).abs().compareTo(APART_MIN) > 0;
  }
}
