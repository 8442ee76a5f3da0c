package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/// Who shares a flush, without a disk and without time: the test says what each pause brings.
final class GatheringTest {
  private final LinkedBlockingQueue<Integer> waiting = new LinkedBlockingQueue<>();
  private final Deque<Integer> brings = new ArrayDeque<>();
  private int pauses;
  private final Gathering<Integer> gathering = new Gathering<>(waiting, this::pause);

  @Test
  void a_lone_caller_waits_for_nobody() throws InterruptedException {
    for (var call = 0; call < 3; call++) {
      come(1);
      assertThat(group()).hasSize(1);
    }
    assertThat(pauses).isZero();
  }

  @Test
  void callers_that_were_answered_together_share_the_next_flush_too() throws InterruptedException {
    come(8);
    assertThat(group()).hasSize(8);

    come(1);
    brings.addAll(List.of(3, 3, 1));
    assertThat(group()).hasSize(8);
    assertThat(pauses).isEqualTo(3);
  }

  @Test
  void nobody_waits_for_four_and_for_five_the_writer_does() throws InterruptedException {
    come(Gathering.FEW);
    group();
    come(1);
    assertThat(group()).hasSize(1);
    assertThat(pauses).isZero();

    come(Gathering.FEW + 1);
    group();
    come(1);
    brings.add(Gathering.FEW);
    assertThat(group()).hasSize(5);
    assertThat(pauses).isEqualTo(1);
  }

  @Test
  void a_pause_that_brings_nobody_is_the_last_and_fewer_are_expected_then()
      throws InterruptedException {
    come(8);
    group();

    come(1);
    brings.addAll(List.of(2, 0, 5));
    assertThat(group()).hasSize(3);
    assertThat(pauses).isEqualTo(2);

    come(3);
    assertThat(group()).hasSize(3);
    assertThat(pauses).as("as many as the last time are enough").isEqualTo(2);
  }

  @Test
  void a_group_has_256_units_at_most() throws InterruptedException {
    come(Gathering.MOST + 1);
    assertThat(group()).hasSize(256);
    assertThat(group()).hasSize(1);
  }

  private List<Integer> group() throws InterruptedException {
    var group = new ArrayList<Integer>();
    group.add(gathering.first());
    for (var unit = gathering.next(); unit != null; unit = gathering.next()) {
      group.add(unit);
    }
    return group;
  }

  private void come(int count) {
    for (var unit = 0; unit < count; unit++) {
      waiting.add(unit);
    }
  }

  private void pause() {
    pauses++;
    come(brings.isEmpty() ? 0 : brings.remove());
  }
}
