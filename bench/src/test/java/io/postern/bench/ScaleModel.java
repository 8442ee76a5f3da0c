package io.postern.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// The arithmetic of `docs/operating/scale.md` played through in a time of its own: mails come, the
/// lanes of some processes take them in batches as the outbox does, and each mail waits for the
/// relay and for the disk. Chance is in when mails come and in how long the relay takes.
final class ScaleModel {
  private static final int LANES = 2;
  private static final int BATCH = 20;
  private static final double BATCH_WAITS_SECONDS = 0.5;

  /// Queued, about to go, accepted.
  private static final int COMMITS_OF_A_MAIL = 3;

  /// The mail and its try; the mail is taken, about to go, and ended.
  private static final int ROW_WRITES_OF_A_MAIL = 5;

  private final Terms terms;
  private final double[] comes;
  private final Random random = new Random(20_261_127);
  private int taken;
  private int sent;
  private long commits;
  private int waitedMost;

  /// @param comes when each mail comes, in seconds
  private ScaleModel(Terms terms, double[] comes) {
    this.terms = terms;
    this.comes = comes;
  }

  /// What a mail waits for, in milliseconds.
  ///
  /// @param relay the time that the relay takes for itself, on average
  record Terms(double roundTrip, double commit, double relay) {
    /// What scale.md says that a process sends in a second.
    double rate() {
      return LANES * 1_000 / (2 * roundTrip + 2 * commit + relay);
    }

    /// As many processes as are busy for nine tenths of the time.
    int processesFor(double mailsPerSecond) {
      return (int) Math.ceil(mailsPerSecond / rate() / 0.9);
    }
  }

  /// What was seen.
  ///
  /// @param rate mails sent in a second
  /// @param commits for each mail
  /// @param rows written for each mail
  /// @param waitedMost mails that waited at once
  /// @param connections to the relay
  record Outcome(double rate, double commits, double rows, int waitedMost, int connections) {}

  /// All mails are there from the start.
  static Outcome backlog(Terms terms, int mails) {
    return new ScaleModel(terms, new double[mails]).play(1);
  }

  /// Mails come at random, so many a second in the middle.
  static Outcome flow(Terms terms, int processes, double mailsPerSecond, int mails) {
    var random = new Random(7);
    var comes = new double[mails];
    for (var n = 1; n < mails; n++) {
      comes[n] = comes[n - 1] - Math.log(1 - random.nextDouble()) / mailsPerSecond;
    }
    return new ScaleModel(terms, comes).play(processes);
  }

  /// A lane, when it is free, and how many mails it takes then.
  private record Free(double at, int size) {}

  private Outcome play(int processes) {
    var lanes = new PriorityQueue<Free>(Comparator.comparingDouble(Free::at));
    for (var n = 0; n < LANES * processes; n++) {
      lanes.add(new Free(0, BATCH));
    }
    while (taken < comes.length) {
      var lane = lanes.remove();
      var now = Math.max(lane.at(), comes[taken]);
      lanes.add(batch(now, Math.min(lane.size(), waiting(now))));
    }
    var end = lanes.stream().mapToDouble(Free::at).max().orElseThrow();
    return new Outcome(
        sent / end,
        COMMITS_OF_A_MAIL + (double) commits / sent,
        ROW_WRITES_OF_A_MAIL,
        waitedMost,
        LANES * processes);
  }

  private int waiting(double now) {
    var found = Arrays.binarySearch(comes, taken, comes.length, Math.nextUp(now));
    var come = found < 0 ? -found - 1 : found;
    while (come < comes.length && comes[come] <= now) {
      come++;
    }
    waitedMost = Math.max(waitedMost, come - taken);
    return Math.max(1, come - taken);
  }

  /// What was not begun within half a second goes back.
  private Free batch(double now, int size) {
    commits++;
    var time = now + terms.commit() / 1_000;
    var begun = 0;
    while (begun < size && time - now < BATCH_WAITS_SECONDS) {
      var relay = -terms.relay() * Math.log(1 - random.nextDouble());
      time += (2 * terms.roundTrip() + 2 * terms.commit() + relay) / 1_000;
      begun++;
    }
    commits += begun < size ? 1 : 0;
    taken += begun;
    sent += begun;
    return new Free(time, begun < size ? begun : Math.min(BATCH, 2 * size));
  }
}
