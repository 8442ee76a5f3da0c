package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LineTest {
  private static final int MOST = 3;

  private final Line<Integer> line = new Line<>(MOST);
  private final List<List<Integer>> served = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch hold = new CountDownLatch(1);
  private final List<Caller> callers = new ArrayList<>();

  private record Caller(Thread thread, FutureTask<Boolean> task) {}

  @Test
  void who_comes_alone_serves_himself() {
    line.pass(1, served::add);
    line.pass(2, served::add);

    assertThat(served).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void those_who_come_meanwhile_are_the_next_group_up_to_the_most_and_one_more_is_the_one_after()
      throws Exception {
    comeWhileOneIsServed(2, 3, 4, 5);
    hold.countDown();

    for (var caller : callers) {
      caller.task().get();
    }
    assertThat(served).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
  }

  @Test
  void what_goes_wrong_is_heard_by_who_served_and_the_line_goes_on() throws Exception {
    comeWhileOneIsServed(2, 3);
    Consumer<List<Integer>> breaks =
        _ -> {
          throw new IllegalStateException("broken");
        };
    come(4, breaks);
    come(5, served::add);
    hold.countDown();

    // Four does not serve: it is in the group of two.
    for (var caller : callers) {
      caller.task().get();
    }
    assertThat(served).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
    assertThatThrownBy(() -> line.pass(6, breaks)).hasMessage("broken");
    line.pass(7, served::add);
    assertThat(served.getLast()).containsExactly(7);
  }

  private void comeWhileOneIsServed(int... others) {
    var within = new CountDownLatch(1);
    callers.add(
        start(() ->
            line.pass(
                1,
                group -> {
                  served.add(group);
                  within.countDown();
                  await(hold);
                })));
    await(within);
    for (var other : others) {
      come(other, served::add);
    }
  }

  private void come(int item, Consumer<List<Integer>> serve) {
    var caller = start(() -> line.pass(item, serve));
    callers.add(caller);
    Eventually.until(() -> caller.thread().getState() == Thread.State.WAITING);
  }

  private static Caller start(Runnable work) {
    var task = new FutureTask<>(work, true);
    return new Caller(Thread.ofPlatform().start(task), task);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
