package io.postern.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/// A link of so many milliseconds each way in front of a port on loopback, which counts the round
/// trips that a client waited: how long the longest chain is in which what the client says needs
/// what the server said, and that what the client said before. In how many pieces either speaks
/// does not matter.
final class SlowLink implements AutoCloseable {
  private static final int BLOCK_OCTETS = 65_536;

  private final ServerSocket listener;
  private final int to;
  private final Duration oneWay;

  /// The last turn in which the client spoke, over all connections.
  private final AtomicInteger spoken = new AtomicInteger();

  private int asked;

  /// @param to the port behind it
  SlowLink(int to, Duration oneWay) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.to = to;
    this.oneWay = oneWay;
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// In how many turns the client spoke since this was asked; connecting is not among them.
  int turns() {
    var now = spoken.get();
    var turns = now - asked;
    asked = now;
    return turns;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /// What is under way.
  ///
  /// @param turn of the client, which says it or which it answers
  @SuppressWarnings("ArrayRecordComponent")
  private record Block(byte[] octets, long arrives, int turn) {}

  private void listen() {
    try {
      while (true) {
        var near = listener.accept();
        Thread.ofVirtual().start(() -> join(near));
      }
    } catch (IOException _) {
      // Closed: the measurement is over.
    }
  }

  private void join(Socket near) {
    var heard = new AtomicInteger(spoken.get());
    var reached = new AtomicInteger(spoken.get());
    // SYN there, SYN-ACK back: now the client may speak, whose first octets travel with its ACK.
    LockSupport.parkNanos(oneWay.multipliedBy(2).toNanos());
    try (near) {
      near.setTcpNoDelay(true);
      var there = new LinkedBlockingQueue<Block>();
      Thread.ofVirtual().start(() -> leave(near, there, () -> speaks(heard)));
      // ACK there: now the server may.
      LockSupport.parkNanos(oneWay.toNanos());
      try (var far = new Socket(InetAddress.getLoopbackAddress(), to)) {
        far.setTcpNoDelay(true);
        var back = new LinkedBlockingQueue<Block>();
        var arriving = Thread.ofVirtual().start(() -> arrive(there, far, reached));
        Thread.ofVirtual().start(() -> leave(far, back, reached::get));
        arrive(back, near, heard);
        arriving.join();
      }
    } catch (IOException | InterruptedException _) {
      // One end is gone, and with it the link.
    }
  }

  private int speaks(AtomicInteger heard) {
    var turn = heard.get() + 1;
    spoken.accumulateAndGet(turn, Math::max);
    return turn;
  }

  /// @param turn of a block that sets out
  private void leave(Socket from, LinkedBlockingQueue<Block> way, IntSupplier turn) {
    try {
      var block = new byte[BLOCK_OCTETS];
      for (var count = from.getInputStream().read(block);
          count > 0;
          count = from.getInputStream().read(block)) {
        way.add(block(Arrays.copyOf(block, count), turn.getAsInt()));
      }
    } catch (IOException _) {
      // The end of the connection travels like everything else.
    }
    way.add(block(new byte[0], 0));
  }

  private Block block(byte[] octets, int turn) {
    return new Block(octets, System.nanoTime() + oneWay.toNanos(), turn);
  }

  /// @param latest the last turn of which something is there
  private static void arrive(LinkedBlockingQueue<Block> way, Socket into, AtomicInteger latest) {
    try {
      for (var block = way.take(); block.octets().length > 0; block = way.take()) {
        while (block.arrives() > System.nanoTime()) {
          LockSupport.parkNanos(block.arrives() - System.nanoTime());
        }
        latest.accumulateAndGet(block.turn(), Math::max);
        into.getOutputStream().write(block.octets());
      }
      into.close();
    } catch (IOException | InterruptedException _) {
      // Nobody is there to hear it.
    }
  }
}
