package io.postern.console.settings;

import io.postern.smtp.HostName;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A running or finished check of a draft. Its rungs can be followed from any thread, from the
/// first one on.
public final class Validation implements Watch {
  /// How it stands.
  public enum State {
    RUNNING,
    FINISHED,
    CANCELLED
  }

  /// Something that happened: a rung ended, a stage makes one wait, or the verdict.
  public sealed interface Event {
    record Ended(Rung rung) implements Event {}

    record Waits(Stage stage, String sentence) implements Event {}

    record Judged(Verdict verdict) implements Event {}
  }

  private final String uid;
  private final String actorUid;
  private final Instant startedAt;
  private final RelayDraft values;
  private final List<Stage> stages;
  private final List<Event> events = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.RUNNING;
  private @Nullable Verdict verdict;
  private String auditUid = "";
  private @Nullable Thread thread;

  Validation(
      String uid, String actorUid, Instant startedAt, RelayDraft values, List<Stage> stages) {
    this.uid = uid;
    this.actorUid = actorUid;
    this.startedAt = startedAt;
    this.values = values;
    this.stages = List.copyOf(stages);
  }

  public String uid() {
    return uid;
  }

  public String actorUid() {
    return actorUid;
  }

  /// The server that is checked.
  HostName host() {
    return values.host();
  }

  /// What was asked, and when: for whoever reads the answer elsewhere.
  String asked() {
    return "%s, port %s, %s, %s, %s"
        .formatted(
            values.host().ascii(),
            values.port(),
            values.security().label(),
            values.isAnonymous() ? "without sign-in" : "with sign-in",
            startedAt.truncatedTo(ChronoUnit.SECONDS));
  }

  public Instant startedAt() {
    return startedAt;
  }

  /// The rungs that it can reach.
  public List<Stage> stages() {
    return stages;
  }

  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /// @return null while it runs
  public @Nullable Verdict verdict() {
    lock.lock();
    try {
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the event with this number.
  ///
  /// @return null when the time is over first, or none will follow
  public @Nullable Event event(int number, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (events.size() <= number && verdict == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return events.size() > number ? events.get(number) : null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the verdict.
  public @Nullable Verdict await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var left = atMost.toNanos();
      while (verdict == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  /// Stops it within a second; the verdict then covers what was reached.
  public void cancel() {
    lock.lock();
    try {
      if (state == State.RUNNING && thread != null) {
        state = State.CANCELLED;
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void began(Stage stage) {}

  @Override
  public void ended(Rung rung) {
    add(new Event.Ended(rung));
  }

  @Override
  public void waiting(Stage stage, String sentence) {
    add(new Event.Waits(stage, sentence));
  }

  void runsOn(Thread own) {
    lock.lock();
    try {
      thread = own;
    } finally {
      lock.unlock();
    }
  }

  void begin() {
    java.util.Objects.requireNonNull(thread).start();
  }

  /// @return the entry of the audit log, empty while it runs or when none could be written
  public String auditUid() {
    lock.lock();
    try {
      return auditUid;
    } finally {
      lock.unlock();
    }
  }

  void judged(Verdict found, String entry) {
    lock.lock();
    try {
      verdict = found;
      auditUid = entry;
      // Who cancels too late learns that it works.
      state = state == State.CANCELLED && !found.isValid() ? State.CANCELLED : State.FINISHED;
      events.add(new Event.Judged(found));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Event event) {
    lock.lock();
    try {
      events.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
