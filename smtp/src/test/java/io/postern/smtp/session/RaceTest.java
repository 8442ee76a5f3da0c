package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Finding.Attempt;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// RFC 8305: addresses side by side, so that a dead one holds up nobody.
class RaceTest {
  private static final Duration EACH = Duration.ofMinutes(10);
  private static final String FOUR = "192.0.2.1";
  private static final String SIX = "2001:db8::1";

  private final Map<String, Way> ways = new HashMap<>();
  private final List<String> dialled = new CopyOnWriteArrayList<>();
  private final CountDownLatch givenUp = new CountDownLatch(1);

  /// What a connection to an address comes to.
  private interface Way {
    Socket go() throws IOException;
  }

  @Test
  void a_dead_address_does_not_hold_up_the_other_family() throws Exception {
    ways.put(FOUR, this::silent);
    ways.put(SIX, Socket::new);

    var end = assertInstanceOf(End.Warned.class, race(FOUR, SIX));

    assertTrue(end.fact().startsWith("2001:db8::1, port 587 after "), end.fact());
    assertTrue(end.fact().endsWith(" ms; 192.0.2.1 did not answer"), end.fact());
    assertTrue(givenUp.await(1, TimeUnit.MINUTES), "the other attempt goes on");
  }

  @Test
  void where_the_first_answers_at_once_no_other_is_tried() throws Exception {
    ways.put(FOUR, Socket::new);

    assertEquals("192.0.2.1, port 587", assertInstanceOf(End.Passed.class, race(FOUR, SIX)).fact());
    assertEquals(List.of(FOUR), dialled);
  }

  @Test
  void a_refused_address_is_followed_by_the_next_at_once_and_told() throws Exception {
    ways.put(FOUR, RaceTest::refused);
    ways.put(SIX, Socket::new);

    var end = assertInstanceOf(End.Warned.class, race(FOUR, SIX));

    assertTrue(end.fact().endsWith(" ms; 192.0.2.1 failed"), end.fact());
  }

  @Test
  void where_all_fail_each_is_told_in_its_order() throws Exception {
    ways.put(FOUR, RaceTest::refused);
    ways.put(SIX, RaceTest::unreachable);

    var end = assertInstanceOf(End.Broken.class, race(FOUR, SIX));

    assertEquals(
        new Finding.ConnectFailed(
            List.of(new Attempt(FOUR, Reason.REFUSED), new Attempt(SIX, Reason.NO_ROUTE))),
        end.finding());
  }

  @Test
  void a_dialer_with_a_defect_keeps_nobody_waiting() throws Exception {
    ways.put(FOUR, RaceTest::refused);
    ways.put(
        SIX,
        () -> {
          throw new IllegalStateException("a defect");
        });

    var end = assertInstanceOf(End.Broken.class, race(FOUR, SIX));

    assertEquals(
        new Finding.ConnectFailed(
            List.of(new Attempt(FOUR, Reason.REFUSED), new Attempt(SIX, Reason.OTHER))),
        end.finding());
  }

  @Test
  void R514_a_forbidden_address_ends_the_race() throws Exception {
    ways.put(FOUR, this::silent);
    ways.put(
        SIX,
        () -> {
          throw new EgressDeniedException("Not there.", true);
        });

    var end = assertInstanceOf(End.Broken.class, race(FOUR, SIX));

    assertInstanceOf(Finding.EgressDenied.class, end.finding());
    assertTrue(givenUp.await(1, TimeUnit.MINUTES));
  }

  @Test
  void a_connection_that_comes_too_late_is_closed() throws Exception {
    var late = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    ways.put(
        FOUR,
        () -> {
          Uninterrupted.await(late);
          return new Socket() {
            @Override
            public void close() {
              closed.countDown();
            }
          };
        });
    ways.put(SIX, Socket::new);

    assertInstanceOf(End.Warned.class, race(FOUR, SIX));
    late.countDown();

    assertTrue(closed.await(1, TimeUnit.MINUTES));
  }

  @Test
  void R141_whoever_cancels_is_not_kept_waiting() throws Exception {
    ways.put(FOUR, this::silent);
    ways.put(SIX, this::silent);
    Thread.currentThread().interrupt();

    var end = assertInstanceOf(End.Broken.class, race(FOUR, SIX));

    assertTrue(Thread.interrupted());
    assertInstanceOf(Finding.ConnectFailed.class, end.finding());
  }

  private End race(String... addresses) throws IOException {
    var race = new Race(this::dial, System::nanoTime, 587, EACH);
    var found = List.of(addresses).stream().map(RaceTest::address).toList();
    var end = race.run(found, Deadline.after(EACH.multipliedBy(2), System::nanoTime));
    if (end instanceof End.Broken) {
      assertNull(race.socket());
    }
    return end;
  }

  private Socket dial(InetSocketAddress address, Duration within) throws IOException {
    var text = io.postern.smtp.HostName.of(address.getAddress()).ascii();
    dialled.add(text);
    return Objects.requireNonNull(ways.get(text)).go();
  }

  private Socket silent() throws IOException {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("nobody counts down");
    } catch (InterruptedException e) {
      givenUp.countDown();
      throw new IOException(e);
    }
  }

  private static Socket refused() throws IOException {
    throw new ConnectException("Connection refused");
  }

  private static Socket unreachable() throws IOException {
    throw new ConnectException("Network is unreachable");
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A dialer that does not care about interruptions.
  private static final class Uninterrupted {
    static void await(CountDownLatch latch) {
      while (true) {
        try {
          latch.await();
          return;
        } catch (InterruptedException _) {
          // Goes on.
        }
      }
    }
  }
}
