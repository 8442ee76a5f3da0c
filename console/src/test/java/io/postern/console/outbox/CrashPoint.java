package io.postern.console.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Where a process dies.
///
/// @param name `at random`, or a moment of a statement (`accepted inside`), or of a conversation
///   (`sink DATA`)
/// @param nth how often the moment passes before it is meant, from 1
record CrashPoint(String name, int nth) {
  static final String AT_RANDOM = "at random";
  static final String SINK = "sink ";
  static final String TAKEN = "taken";
  static final String HALF = "half of the answer";
  static final String ANSWERED = "answered";

  private static final int NTH_MAX = 30;

  /// Every write that says something of a mail, by the method of the outbox that asks for it;
  /// `CrashPointTest` reaches each.
  static final List<String> WRITES =
      List.of(
          "enqueue",
          "enqueueOnce",
          "run",
          "inTime",
          "take",
          "takeProbe",
          "committing",
          "accepted",
          "refused",
          "unknown",
          "park",
          "suspect");

  private static final List<String> MOMENTS = List.of("before", "inside", "after");

  private static final List<String> STEPS =
      List.of("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", TAKEN, HALF, ANSWERED);

  /// All that have a name.
  static final List<String> NAMES = names();

  /// How often the rare ones happen in a life.
  private static final Map<String, Integer> RARE =
      Map.of("inTime", 1, "takeProbe", 1, "park", 1, "suspect", 3);

  boolean isAtRandom() {
    return name.equals(AT_RANDOM);
  }

  boolean isOfSink() {
    return name.startsWith(SINK);
  }

  /// The method that writes, `sink`, or `at`.
  String method() {
    return name.substring(0, name.indexOf(' '));
  }

  /// Every name in turn, and as often a time by chance.
  ///
  /// @param life from 1
  static CrashPoint ofLife(int life, List<String> names, RandomGenerator random) {
    var name = life % 2 == 0 ? AT_RANDOM : names.get(life / 2 % names.size());
    var most = RARE.getOrDefault(name.substring(0, name.indexOf(' ')), NTH_MAX);
    return new CrashPoint(name, 1 + random.nextInt(most));
  }

  private static List<String> names() {
    var names = new ArrayList<String>();
    // A sink's and a statement's in turn, so that a short run has some of both.
    IntStream.range(0, WRITES.size() * MOMENTS.size())
        .forEach(i -> {
          var moment = MOMENTS.get((i + i / WRITES.size()) % MOMENTS.size());
          names.add(WRITES.get(i % WRITES.size()) + " " + moment);
          if (i < STEPS.size()) {
            names.add(SINK + STEPS.get(STEPS.size() - 1 - i));
          }
        });
    return List.copyOf(names);
  }
}
