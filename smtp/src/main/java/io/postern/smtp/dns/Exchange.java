package io.postern.smtp.dns;

import io.postern.smtp.Printable;
import io.postern.smtp.wire.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// One question to one name server, over UDP and, when that cut the answer short, over TCP (RFC
/// 7766). It blocks the thread that asks and owns nothing else: no thread, no connection that
/// outlives the question. Each way reads one answer, ends at its deadline and holds at most 64 KiB,
/// whatever the server sends.
final class Exchange implements Closeable {
  /// More that belongs to no question of ours is a flood. Each costs a few microseconds.
  static final int FOREIGN_MAX = 200;

  /// The length before a message on TCP has two octets (RFC 1035 section 4.2.2).
  private static final int LENGTH_OCTETS = 2;

  private final InetSocketAddress server;
  private final Message query;
  private @Nullable DatagramSocket datagrams;
  private int foreign;

  Exchange(InetSocketAddress server, Message query) {
    this.server = server;
    this.query = query;
  }

  /// Whether anything came that belongs to no question of ours.
  boolean heardForeign() {
    return foreign > 0;
  }

  /// Asks, or asks again: an answer to the first question counts then, too.
  ///
  /// @throws java.net.SocketTimeoutException when no answer came until the deadline
  /// @throws UnusableAnswerException when what came is no answer to the question
  /// @throws IOException when the server cannot be reached
  Message overUdp(Deadline deadline) throws IOException {
    var socket = datagrams();
    var question = query.toWire(Message.MAXLENGTH);
    socket.send(new DatagramPacket(question, question.length));
    // Some send more than was asked for.
    var packet = new DatagramPacket(new byte[Message.MAXLENGTH], Message.MAXLENGTH);
    while (foreign <= FOREIGN_MAX) {
      socket.setSoTimeout(deadline.millisLeft());
      packet.setLength(Message.MAXLENGTH);
      socket.receive(packet);
      var octets = Arrays.copyOf(packet.getData(), packet.getLength());
      if (isOurs(octets)) {
        return read(octets);
      }
      foreign++;
    }
    throw new UnusableAnswerException(
        "The DNS server floods this machine with answers to questions that were not asked.");
  }

  /// Asks over a connection of its own, which is closed after one message.
  ///
  /// @throws java.net.SocketTimeoutException when no whole answer came until the deadline
  /// @throws UnusableAnswerException when what came is no answer to the question
  /// @throws IOException when the server cannot be reached or hangs up
  Message overTcp(Deadline deadline) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(server, deadline.millisLeft());
      var question = query.toWire(Message.MAXLENGTH);
      var framed =
          ByteBuffer.allocate(LENGTH_OCTETS + question.length)
              .putShort((short) question.length)
              .put(question);
      socket.getOutputStream().write(framed.array());
      var length = ByteBuffer.wrap(receive(socket, LENGTH_OCTETS, deadline)).getShort() & 0xffff;
      var octets = receive(socket, length, deadline);
      if (!isOurs(octets)) {
        throw new UnusableAnswerException(
            "What the DNS server sends over TCP is no answer to the question.");
      }
      return read(octets);
    }
  }

  @Override
  public void close() {
    var socket = datagrams;
    if (socket != null) {
      socket.close();
    }
  }

  private DatagramSocket datagrams() throws IOException {
    var socket = datagrams;
    if (socket == null) {
      socket = new DatagramSocket();
      datagrams = socket;
      // The kernel then drops what others send, and tells when nobody listens there.
      socket.connect(server);
    }
    return socket;
  }

  /// @param octets at most 65,535
  private static byte[] receive(Socket socket, int octets, Deadline deadline) throws IOException {
    var whole = new byte[octets];
    InputStream input = socket.getInputStream();
    var held = 0;
    while (held < octets) {
      socket.setSoTimeout(deadline.millisLeft());
      var more = input.read(whole, held, octets - held);
      if (more < 0) {
        throw new UnusableAnswerException(
            "The DNS server hangs up in the middle of its answer over TCP.");
      }
      held += more;
    }
    return whole;
  }

  /// Whether it has the number of the question.
  private boolean isOurs(byte[] octets) {
    return octets.length >= Short.BYTES
        && ByteBuffer.wrap(octets).getShort() == (short) query.getHeader().getID();
  }

  private Message read(byte[] octets) throws IOException {
    try {
      var answer = new Message(octets);
      var asked = query.getQuestion();
      var answered = answer.getQuestion();
      if (!answer.getHeader().getFlag(Flags.QR) || !isSame(asked, answered, answer.getRcode())) {
        throw new UnusableAnswerException(
            "The DNS server answers another question than was asked"
                + (answered == null
                    ? "."
                    : ": " + Printable.of(answered.getName().toString(true)) + "."));
      }
      return answer;
    } catch (UnusableAnswerException e) {
      throw e;
    } catch (IOException _) {
      // The parser's words are about octets; nobody could do anything with them.
      throw new UnusableAnswerException("What the DNS server sends is no DNS message.");
    }
  }

  /// A server that fails may leave the question out.
  private static boolean isSame(Record asked, @Nullable Record answered, int code) {
    return answered == null
        ? code != Rcode.NOERROR && code != Rcode.NXDOMAIN
        : asked.getName().equals(answered.getName())
            && asked.getType() == answered.getType()
            && asked.getDClass() == answered.getDClass();
  }
}
