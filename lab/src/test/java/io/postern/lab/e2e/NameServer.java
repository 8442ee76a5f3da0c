package io.postern.lab.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/// A DNS server on loopback (UDP) that knows a few names; all others do not exist.
final class NameServer implements AutoCloseable {
  private static final int TTL_SECONDS = 60;
  private static final int QUERY_OCTETS_MAX = 4096;

  private final DatagramSocket socket;
  private final List<Record> records;

  /// @param lines `NAME TYPE VALUE`, names without the last dot
  NameServer(String... lines) {
    try {
      records = List.of(lines).stream().map(NameServer::record).toList();
      socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("name server").start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[QUERY_OCTETS_MAX], QUERY_OCTETS_MAX);
    while (!socket.isClosed()) {
      try {
        packet.setLength(QUERY_OCTETS_MAX);
        socket.receive(packet);
        var octets = answer(new Message(packet.getData())).toWire();
        socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
      } catch (IOException _) {
        // Closed, or no query at all.
      }
    }
  }

  private Message answer(Message query) {
    var question = Objects.requireNonNull(query.getQuestion());
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    var named = records.stream().filter(each -> each.getName().equals(question.getName())).toList();
    if (named.isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    for (var each : named) {
      if (each.getType() == question.getType()) {
        answer.addRecord(each, Section.ANSWER);
      }
    }
    return answer;
  }

  private static Record record(String line) {
    var parts = line.split(" ", 3);
    try {
      return Record.fromString(
          Name.fromString(parts[0] + "."),
          Type.value(parts[1]),
          DClass.IN,
          TTL_SECONDS,
          new Tokenizer(parts[2]),
          Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
