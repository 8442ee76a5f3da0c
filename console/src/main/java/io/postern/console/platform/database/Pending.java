package io.postern.console.platform.database;

import org.jspecify.annotations.Nullable;

/// A transaction that was begun with [Database#begin], and its result when it is durable.
public interface Pending<T extends @Nullable Object> {
  /// Waits, without regard to interrupts: whoever left early would not know what became of it. To
  /// be asked once, by the thread that began it; what follows the commit happens then.
  ///
  /// @throws RuntimeException whatever the work threw, or a [DatabaseException]
  T result();

  /// Whether [#result] has it without waiting.
  boolean isDone();
}
