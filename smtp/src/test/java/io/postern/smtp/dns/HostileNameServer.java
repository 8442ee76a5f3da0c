package io.postern.smtp.dns;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/// A name server on loopback, over UDP and TCP, that answers as a test likes.
final class HostileNameServer implements Closeable {
  private final ServerSocket connections;
  private final DatagramSocket datagrams;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  /// The datagrams that answer a question.
  @FunctionalInterface
  interface Datagrams {
    List<byte[]> answer(Message query) throws IOException;
  }

  /// What goes over a connection after the question, length included.
  @FunctionalInterface
  interface Connection {
    void answer(Message query, OutputStream output) throws IOException, InterruptedException;
  }

  private HostileNameServer() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    connections = new ServerSocket(0, 8, loopback);
    datagrams = new DatagramSocket(connections.getLocalPort(), loopback);
  }

  static HostileNameServer of(Datagrams udp) throws IOException {
    return of(udp, (_, _) -> {});
  }

  static HostileNameServer of(Datagrams udp, Connection tcp) throws IOException {
    var server = new HostileNameServer();
    Thread.ofVirtual().name("hostile-udp").start(() -> server.hear(udp));
    Thread.ofVirtual().name("hostile-tcp").start(() -> server.accept(tcp));
    return server;
  }

  /// An answer to a question, without error.
  static Message to(Message query, Record... answers) {
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    for (var record : answers) {
      answer.addRecord(record, Section.ANSWER);
    }
    return answer;
  }

  /// An answer that is to be asked for over TCP.
  static List<byte[]> cutShort(Message query) {
    var answer = to(query);
    answer.getHeader().setFlag(Flags.TC);
    return List.of(answer.toWire());
  }

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(connections.getInetAddress(), connections.getLocalPort());
  }

  /// How many datagrams came.
  int asked() {
    return asked.get();
  }

  /// Waits until a connection broke while this server still wrote.
  void awaitHangUp() throws InterruptedException {
    hungUp.await();
  }

  @Override
  public void close() throws IOException {
    connections.close();
    datagrams.close();
  }

  private void hear(Datagrams udp) {
    try {
      while (true) {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        datagrams.receive(packet);
        asked.incrementAndGet();
        for (var answer :
            udp.answer(
                new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength())))) {
          datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException _) {
      // The test is over.
      return;
    }
  }

  private void accept(Connection tcp) {
    try {
      while (true) {
        var client = connections.accept();
        Thread.ofVirtual().start(() -> serve(client, tcp));
      }
    } catch (IOException _) {
      // The test is over.
      return;
    }
  }

  private void serve(Socket client, Connection tcp) {
    try (client) {
      var input = new DataInputStream(client.getInputStream());
      var question = input.readNBytes(input.readUnsignedShort());
      tcp.answer(new Message(question), client.getOutputStream());
    } catch (IOException _) {
      // The client has seen enough.
      hungUp.countDown();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
