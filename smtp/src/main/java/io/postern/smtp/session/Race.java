package io.postern.smtp.session;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Finding.Attempt;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Connects to the first address of a relay that answers. The next address sets out when the one
/// before it failed, or kept silent for a moment, so that a dead one does not hold up the others
/// (RFC 8305 section 5).
final class Race {
  /// The Connection Attempt Delay that RFC 8305 section 8 recommends.
  static final Duration HEAD_START = Duration.ofMillis(250);

  private final Dialer dialer;
  private final LongSupplier ticks;
  private final int port;
  private final Duration each;

  /// Who set out, in order; silent until something else is known.
  private final Map<InetAddress, Reason> runners = new LinkedHashMap<>();

  private final List<Thread> threads = new ArrayList<>();
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Socket socket;

  /// @param each for one address
  Race(Dialer dialer, LongSupplier ticks, int port, Duration each) {
    this.dialer = dialer;
    this.ticks = ticks;
    this.port = port;
    this.each = each;
  }

  /// How one attempt ended: with a socket, or with why there is none.
  private record Arrival(
      InetAddress address, @Nullable Socket socket, @Nullable IOException failure) {}

  /// The connection, once there is one.
  @Nullable Socket socket() {
    return socket;
  }

  End run(List<InetAddress> addresses, Deadline deadline) throws IOException {
    var own = Deadline.after(each, ticks);
    try {
      var end =
          addresses.size() == 1
              ? judge(alone(addresses.getFirst(), deadline), own)
              : race(addresses, deadline, own);
      return end == null ? new End.Broken(new Finding.ConnectFailed(attempts()), null) : end;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new End.Broken(new Finding.ConnectFailed(attempts()), null);
    } finally {
      over.set(true);
      threads.forEach(Thread::interrupt);
      for (var late = arrivals.poll(); late != null; late = arrivals.poll()) {
        discard(late);
      }
    }
  }

  /// @return null when all have failed
  private @Nullable End race(List<InetAddress> addresses, Deadline deadline, Deadline own)
      throws IOException, InterruptedException {
    var waiting = new ArrayDeque<>(addresses);
    for (var failed = 0; failed < addresses.size(); ) {
      if (!waiting.isEmpty()) {
        setOut(waiting.remove(), deadline);
      }
      var arrival =
          waiting.isEmpty()
              ? arrivals.take()
              : arrivals.poll(HEAD_START.toMillis(), TimeUnit.MILLISECONDS);
      if (arrival != null) {
        var end = judge(arrival, own);
        if (end != null) {
          return end;
        }
        failed++;
      }
    }
    return null;
  }

  /// A lone address is dialled by the thread that waits for it.
  private Arrival alone(InetAddress address, Deadline deadline) throws IOException {
    runners.put(address, Reason.NO_ANSWER);
    return dial(address, within(deadline));
  }

  private void setOut(InetAddress address, Deadline deadline) throws IOException {
    runners.put(address, Reason.NO_ANSWER);
    var within = within(deadline);
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              // Whatever a dialer throws, whoever waits for the last one must hear of it.
              var arrival = new Arrival(address, null, new IOException("The attempt broke off."));
              try {
                arrival = dial(address, within);
              } finally {
                arrivals.add(arrival);
              }
              // Asked after it stands there: either the winner sees it, or this sees the end.
              if (over.get() && arrivals.remove(arrival)) {
                discard(arrival);
              }
            }));
  }

  private Arrival dial(InetAddress address, Duration within) {
    try {
      return new Arrival(address, dialer.dial(new InetSocketAddress(address, port), within), null);
    } catch (IOException e) {
      return new Arrival(address, null, e);
    }
  }

  private Duration within(Deadline deadline) throws IOException {
    var left = Duration.ofMillis(deadline.millisLeft());
    return left.compareTo(each) < 0 ? left : each;
  }

  /// @return null when this one failed and others may not
  private @Nullable End judge(Arrival arrival, Deadline own) {
    if (arrival.failure() instanceof EgressDeniedException denied) {
      return new End.Broken(denied.finding(), null);
    }
    if (arrival.failure() != null) {
      runners.put(arrival.address(), Attempts.reason(arrival.failure()));
      return null;
    }
    socket = arrival.socket();
    runners.remove(arrival.address());
    var text = HostName.of(arrival.address()) + ", port " + port;
    return runners.isEmpty()
        ? new End.Passed(text)
        : new End.Warned(text + " after " + own.waited().toMillis() + " ms; " + losers(attempts()));
  }

  private List<Attempt> attempts() {
    return runners.entrySet().stream()
        .map(runner -> new Attempt(HostName.of(runner.getKey()).ascii(), runner.getValue()))
        .toList();
  }

  private static String losers(List<Attempt> attempts) {
    if (attempts.size() > 1) {
      return attempts.size() + " other addresses did not answer";
    }
    var one = attempts.getFirst();
    return one.address() + (one.reason() == Reason.NO_ANSWER ? " did not answer" : " failed");
  }

  private static void discard(Arrival arrival) {
    var late = arrival.socket();
    if (late != null) {
      try {
        late.close();
      } catch (IOException _) {
        // Nothing was said over it.
      }
    }
  }
}
