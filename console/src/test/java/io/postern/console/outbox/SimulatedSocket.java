package io.postern.console.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// The client's end of a connection to the simulated relay.
final class SimulatedSocket extends Socket {
  private final SimulatedTime time;
  private final SimulatedRelay relay;
  private final SimulatedRelay.Conversation conversation;
  private final SimulatedTime.Node node;
  private int timeoutMillis;
  private boolean closed;
  private byte[] arrived = {};
  private int read;

  SimulatedSocket(SimulatedTime time, SimulatedRelay relay, SimulatedTime.Node node) {
    this.time = time;
    this.relay = relay;
    this.conversation = relay.connect();
    this.node = node;
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        return receive(buffer, from, length);
      }

      @Override
      public int available() {
        return arrived.length - read + (conversation.hasAnswers() ? 1 : 0);
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] octets, int from, int length) throws IOException {
        alive();
        conversation.receive(octets, from, length);
      }
    };
  }

  private int receive(byte[] buffer, int from, int length) throws IOException {
    if (read == arrived.length) {
      alive();
      var wait = relay.latency();
      var limit = Duration.ofMillis(Math.max(1, timeoutMillis));
      if (wait.compareTo(limit) > 0 || (!conversation.hasAnswers() && !conversation.cut)) {
        time.giveWay(limit);
        throw new SocketTimeoutException("nothing came");
      }
      time.giveWay(wait);
      arrived = conversation.takeAnswers();
      read = 0;
    }
    if (arrived.length == 0) {
      return -1;
    }
    var count = Math.min(length, arrived.length - read);
    System.arraycopy(arrived, read, buffer, from, count);
    read += count;
    return count;
  }

  /// A killed process sends nothing any more.
  private void alive() throws SocketException {
    if (node.dead) {
      throw new SimulatedTime.Killed();
    }
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }
}
