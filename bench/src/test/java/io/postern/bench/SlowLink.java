package io.postern.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A link of so many milliseconds each way in front of a port on loopback, which counts how often
/// the client spoke after it had heard something: each time it had waited a round trip.
final class SlowLink implements AutoCloseable {
  private static final int BLOCK_OCTETS = 65_536;

  private final ServerSocket listener;
  private final int to;
  private final Duration oneWay;
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicBoolean heard = new AtomicBoolean();

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

  /// How often the client spoke anew since this was asked; connecting is not among them.
  int turns() {
    return turns.getAndSet(0);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /// What is under way.
  @SuppressWarnings("ArrayRecordComponent")
  private record Block(byte[] octets, long arrives) {}

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
    heard.set(true);
    // SYN there, SYN-ACK back: now the client may speak, whose first octets travel with its ACK.
    LockSupport.parkNanos(oneWay.multipliedBy(2).toNanos());
    try (near) {
      near.setTcpNoDelay(true);
      var there = new LinkedBlockingQueue<Block>();
      Thread.ofVirtual().start(() -> leave(near, there, this::spoken));
      // ACK there: now the server may.
      LockSupport.parkNanos(oneWay.toNanos());
      try (var far = new Socket(InetAddress.getLoopbackAddress(), to)) {
        far.setTcpNoDelay(true);
        var back = new LinkedBlockingQueue<Block>();
        var arriving = Thread.ofVirtual().start(() -> arrive(there, far, () -> {}));
        Thread.ofVirtual().start(() -> leave(far, back, () -> {}));
        arrive(back, near, () -> heard.set(true));
        arriving.join();
      }
    } catch (IOException | InterruptedException _) {
      // One end is gone, and with it the link.
    }
  }

  private void spoken() {
    if (heard.getAndSet(false)) {
      turns.incrementAndGet();
    }
  }

  /// @param left called when a block sets out
  private void leave(Socket from, LinkedBlockingQueue<Block> way, Runnable left) {
    try {
      var block = new byte[BLOCK_OCTETS];
      for (var count = from.getInputStream().read(block);
          count > 0;
          count = from.getInputStream().read(block)) {
        left.run();
        way.add(new Block(Arrays.copyOf(block, count), System.nanoTime() + oneWay.toNanos()));
      }
    } catch (IOException _) {
      // The end of the connection travels like everything else.
    }
    way.add(new Block(new byte[0], System.nanoTime() + oneWay.toNanos()));
  }

  /// @param arrives called just before a block is there
  private static void arrive(LinkedBlockingQueue<Block> way, Socket into, Runnable arrives) {
    try {
      for (var block = way.take(); block.octets().length > 0; block = way.take()) {
        while (block.arrives() > System.nanoTime()) {
          LockSupport.parkNanos(block.arrives() - System.nanoTime());
        }
        arrives.run();
        into.getOutputStream().write(block.octets());
      }
      into.close();
    } catch (IOException | InterruptedException _) {
      // Nobody is there to hear it.
    }
  }
}
