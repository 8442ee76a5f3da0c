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
    // SYN there, SYN-ACK back, ACK there: then the server speaks. A client may be the first.
    heard.set(true);
    LockSupport.parkNanos(oneWay.multipliedBy(3).toNanos());
    try (near;
        var far = new Socket(InetAddress.getLoopbackAddress(), to)) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      var there = Thread.ofVirtual().start(() -> carry(near, far, this::spoken, () -> {}));
      carry(far, near, () -> {}, () -> heard.set(true));
      there.join();
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
  /// @param arrives called just before one is there
  private void carry(Socket from, Socket into, Runnable left, Runnable arrives) {
    var way = new LinkedBlockingQueue<Block>();
    var arriving = Thread.ofVirtual().start(() -> arrive(way, into, arrives));
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
    try {
      arriving.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

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
