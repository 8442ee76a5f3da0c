package io.postern.smtp.dns;

import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// The name servers of this machine, asked one after the other and then once again, each for its
/// share of the time: neither a lost datagram nor a dead server costs the answer of the next.
final class NameServers {
  /// As every other program of a Linux machine does: resolv.conf(5), MAXNS.
  static final int SERVERS_MAX = 3;

  private static final int ROUNDS = 2;
  private static final String FOREIGN =
      "What the DNS server sends belongs to no question of this machine.";

  private final List<InetSocketAddress> servers;
  private final LongSupplier ticks;

  /// @param ticks monotonic nanoseconds
  NameServers(List<InetSocketAddress> servers, LongSupplier ticks) {
    this.servers = servers.stream().limit(SERVERS_MAX).toList();
    this.ticks = ticks;
  }

  /// The first answer that says something about the name; else a server's failure.
  ///
  /// @throws UnusableAnswerException when something came, but no answer
  /// @throws IOException when nothing came
  Message ask(Message query, Deadline deadline) throws IOException {
    var exchanges = servers.stream().map(server -> new Exchange(server, query)).toList();
    try {
      return new Round(exchanges, deadline).run();
    } finally {
      exchanges.forEach(Exchange::close);
    }
  }

  /// Whose turn it is, and the best of what came so far.
  private final class Round {
    private final Deque<Exchange> turns = new ArrayDeque<>();
    private final Deadline deadline;
    private @Nullable Message failed;
    private @Nullable UnusableAnswerException unusable;
    private IOException silent = new SocketTimeoutException("No DNS server answered.");

    Round(List<Exchange> exchanges, Deadline deadline) {
      for (var i = 0; i < ROUNDS; i++) {
        turns.addAll(exchanges);
      }
      this.deadline = deadline;
    }

    Message run() throws IOException {
      while (!turns.isEmpty() && !Thread.currentThread().isInterrupted()) {
        var answer = next(turns.removeFirst());
        if (answer != null) {
          return answer;
        }
      }
      var failure = failed;
      if (failure != null) {
        return failure;
      }
      throw unusable == null ? silent : unusable;
    }

    private @Nullable Message next(Exchange exchange) {
      try {
        var answer = exchange.overUdp(share(turns.size() + 1));
        if (answer.getHeader().getFlag(Flags.TC)) {
          answer = whole(exchange);
        }
        if (answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.NXDOMAIN) {
          return answer;
        }
        failed = failed == null ? answer : failed;
      } catch (UnusableAnswerException e) {
        note(e);
      } catch (SocketTimeoutException _) {
        // It may be late; it has another turn, if this was not the last.
        if (exchange.heardForeign()) {
          note(new UnusableAnswerException(FOREIGN));
        }
        return null;
      } catch (IOException e) {
        silent = e;
      }
      turns.removeIf(exchange::equals);
      return null;
    }

    /// The first is told.
    private void note(UnusableAnswerException came) {
      unusable = unusable == null ? came : unusable;
    }

    /// The answer over TCP; a server that fails at that is not asked again.
    private Message whole(Exchange exchange) throws IOException {
      try {
        turns.removeIf(exchange::equals);
        var answer = exchange.overTcp(share((int) turns.stream().distinct().count() + 1));
        if (answer.getHeader().getFlag(Flags.TC)) {
          throw new UnusableAnswerException(
              "The DNS server cuts its answer short, over UDP and over TCP.");
        }
        return answer;
      } catch (UnusableAnswerException e) {
        throw e;
      } catch (IOException _) {
        // Refused, silent or hung up: all that the operator can do is look at TCP port 53.
        throw new UnusableAnswerException(
            "The answer is too long for UDP, and over TCP the DNS server gives none.");
      }
    }

    private Deadline share(int parts) {
      return Deadline.after(deadline.left().dividedBy(parts), ticks);
    }
  }
}
