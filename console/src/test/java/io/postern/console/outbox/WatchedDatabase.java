package io.postern.console.outbox;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Pending;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells before, inside and after each write, by the name of the method of the outbox that asks for
/// it. Whoever is told may hold the thread for ever.
record WatchedDatabase(Database database, Consumer<String> reached) implements Database {
  private static final String ROOM = WatchedDatabase.class.getPackageName() + ".";
  private static final Set<String> PASSES_ON =
      Set.of("write", "begin", "tell", "insist", "result", "settle", "blame");

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return watched(work, database::write);
  }

  @Override
  public <T extends @Nullable Object> T writeRepeatable(Work<T> work) {
    return watched(work, database::writeRepeatable);
  }

  @Override
  public <T extends @Nullable Object> T writeSingle(Work<T> work) {
    return watched(work, database::writeSingle);
  }

  @Override
  public <T extends @Nullable Object> Pending<T> begin(Work<T> work) {
    var name = caller();
    reached.accept(name + " before");
    var begun = database.begin(inside(name, work));
    return new Pending<>() {
      @Override
      public T result() {
        T value = begun.result();
        reached.accept(name + " after");
        return value;
      }

      @Override
      public boolean isDone() {
        return begun.isDone();
      }
    };
  }

  private <T extends @Nullable Object> T watched(Work<T> work, Function<Work<T>, T> write) {
    var name = caller();
    reached.accept(name + " before");
    T value = write.apply(inside(name, work));
    reached.accept(name + " after");
    return value;
  }

  private <T extends @Nullable Object> Work<T> inside(String name, Work<T> work) {
    return transaction -> {
      T done = work.in(transaction);
      reached.accept(name + " inside");
      return done;
    };
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return database.read(work);
  }

  @Override
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public void close() {
    database.close();
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> frame.getClassName().startsWith(ROOM))
                .filter(frame -> !frame.getClassName().equals(WatchedDatabase.class.getName()))
                .map(frame -> method(frame.getMethodName()))
                .filter(method -> !PASSES_ON.contains(method))
                .findFirst()
                .orElse("elsewhere"));
  }

  /// A lambda has the name of the method that it stands in.
  private static String method(String name) {
    return name.startsWith("lambda$") ? name.split("\\$", 3)[1] : name;
  }
}
