package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;

/// What a relay seems to take in a minute, learned from its complaints: halved at each,
/// then a tenth more every minute; what it took when it complained is not passed for two hours.
///
/// @param cutTo mails a minute at the last complaint, 0 when there was none
/// @param ceiling mails that it had taken in the minute before
record LearnedRate(double cutTo, Instant cutAt, double ceiling) {
  static final LearnedRate NONE = new LearnedRate(0, Instant.EPOCH, 0);

  static final double GROWTH = 1.1;
  static final Duration CEILING_KEPT = Duration.ofHours(2);

  /// Complaints that come closer than this are one: they speak of mail that was on its way.
  static final Duration ONE_COMPLAINT = Duration.ofMinutes(1);

  /// Slower is never sent.
  static final double MAILS_PER_MINUTE_MIN = 1;

  /// From here on nothing is held back: a hundred a second.
  static final double MAILS_PER_MINUTE_MAX = 6_000;

  /// The first complaint does not make it slower than half of this: few mails that came together
  /// say little about a minute.
  static final double FIRST_MIN = 20;

  /// So much of a limit is used: mails may arrive a little closer together than they left.
  static final double SHARE = 0.98;

  private static final double SECONDS_PER_MINUTE = 60;

  /// Mails a minute; infinite when nothing is held back.
  double at(Instant now) {
    // A time that lies ahead comes from a clock that was set back since.
    if (cutTo == 0 || cutAt.isAfter(now.plus(CEILING_KEPT))) {
      return Double.POSITIVE_INFINITY;
    }
    var known = ceiling * SHARE * growth(Duration.between(cutAt, now).minus(CEILING_KEPT));
    var rate = Math.min(cutTo * growth(Duration.between(cutAt, now)), known);
    return rate >= MAILS_PER_MINUTE_MAX
        ? Double.POSITIVE_INFINITY
        : Math.max(MAILS_PER_MINUTE_MIN, rate);
  }

  /// After a complaint.
  ///
  /// @param inForce mails a minute that were allowed, infinite when nothing was held back
  /// @param accepted how many it took within the last minute
  LearnedRate cut(double inForce, int accepted, Instant now) {
    var since = Duration.between(cutAt, now);
    if (cutTo > 0 && !since.isNegative() && since.compareTo(ONE_COMPLAINT) < 0) {
      return this;
    }
    var first = Double.isInfinite(inForce);
    var rate = first ? Math.max(accepted, FIRST_MIN) : inForce;
    var took = first ? rate : Math.min(rate, Math.max(accepted, rate / 2 / SHARE));
    return new LearnedRate(Math.max(MAILS_PER_MINUTE_MIN, rate / 2), now, took);
  }

  private static double growth(Duration time) {
    return Math.pow(GROWTH, Math.max(0, time.toMillis() / 1_000.0 / SECONDS_PER_MINUTE));
  }
}
