package io.postern.console.platform.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Serves in groups. Whoever finds nobody being served serves himself; those who come meanwhile are
/// the next group, which the first of them serves. There is no thread for it: one would have to
/// wake up for a caller who is alone.
///
/// @param <T> what is to be served
final class Line<T> {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  /// Who came first is first.
  private final Deque<Place<T>> waiting = new ArrayDeque<>();

  private boolean serving;

  /// @param most in one group
  Line(int most) {
    this.most = most;
  }

  /// Returns when this one was served.
  ///
  /// @param serve serves a group that this one is in, should that fall to the caller; what it
  ///   throws comes out here, and the others of the group return
  void pass(T item, Consumer<List<T>> serve) {
    var group = group(new Place<>(item, lock.newCondition()));
    if (!group.isEmpty()) {
      try {
        serve.accept(group.stream().map(Place::item).toList());
      } finally {
        leave(group);
      }
    }
  }

  /// Waits until served, or first of those who wait.
  ///
  /// @return whom the caller serves, himself the first; nobody when he was served
  private List<Place<T>> group(Place<T> mine) {
    lock.lock();
    try {
      waiting.add(mine);
      while (!mine.served && (serving || waiting.peek() != mine)) {
        mine.called.awaitUninterruptibly();
      }
      var group = new ArrayList<Place<T>>(most);
      if (!mine.served) {
        serving = true;
        while (group.size() < most && !waiting.isEmpty()) {
          group.add(waiting.remove());
        }
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void leave(List<Place<T>> group) {
    lock.lock();
    try {
      serving = false;
      for (var place : group) {
        place.served = true;
        place.called.signal();
      }
      var next = waiting.peek();
      if (next != null) {
        next.called.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// All but the item is guarded by the lock.
  private static final class Place<T> {
    private final T item;
    private final Condition called;
    private boolean served;

    Place(T item, Condition called) {
      this.item = item;
      this.called = called;
    }

    T item() {
      return item;
    }
  }
}
