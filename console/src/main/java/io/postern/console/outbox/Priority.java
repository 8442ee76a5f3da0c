package io.postern.console.outbox;

/// Who goes first: security letters overtake everything.
public enum Priority {
  SECURITY(0),
  NORMAL(1),
  BULK(2);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /// What the database keeps: the smaller, the sooner.
  int rank() {
    return rank;
  }

  static Priority ofRank(int rank) {
    for (var priority : values()) {
      if (priority.rank == rank) {
        return priority;
      }
    }
    throw new IllegalArgumentException("no priority has the rank " + rank);
  }
}
