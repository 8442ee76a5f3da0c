package io.postern.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.wire.Deadline;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Whatever a name server sends, a question ends in its time, keeps nothing open, and the next
/// server has its turn.
class NameServersTest {
  private static final Duration SHORT = Duration.ofMillis(600);

  /// For what ends by itself; as long as no test waits.
  private static final Duration LONG = Duration.ofMinutes(2);

  /// A second on an idle machine, and room for one that is not.
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void R530_a_connection_that_never_ends_is_closed_after_one_message() throws Exception {
    try (var server =
        HostileNameServer.of(HostileNameServer::cutShort, (_, output) -> flood(output))) {
      var failure = assertThrows(UnusableAnswerException.class, () -> ask(LONG, server.address()));
      assertEquals(
          "What the DNS server sends over TCP is no answer to the question.", failure.getMessage());
      assertTimeoutPreemptively(SOON, server::awaitHangUp);
    }
  }

  @Test
  void R530_an_answer_that_drips_over_tcp_ends_with_its_time() throws IOException {
    try (var server =
        HostileNameServer.of(HostileNameServer::cutShort, (_, output) -> drip(output))) {
      var failure =
          assertTimeoutPreemptively(
              SOON,
              () ->
                  assertThrows(UnusableAnswerException.class, () -> ask(SHORT, server.address())));
      assertEquals(
          "The answer is too long for UDP, and over TCP the DNS server gives none.",
          failure.getMessage());
    }
  }

  @Test
  void R530_a_flood_of_foreign_answers_ends_the_question() throws IOException {
    try (var server =
        HostileNameServer.of(
            query -> Collections.nCopies(Exchange.FOREIGN_MAX + 1, foreign(query)))) {
      var failure = assertThrows(UnusableAnswerException.class, () -> ask(SHORT, server.address()));
      var said = String.valueOf(failure.getMessage());
      assertTrue(
          said.startsWith("The DNS server floods")
              // On a slow machine, or where the kernel drops some, the time ends first.
              || said.startsWith("What the DNS server sends belongs to no question"),
          said);
    }
  }

  @Test
  void R530_no_thread_outlives_a_question() throws Exception {
    try (var server =
        HostileNameServer.of(
            HostileNameServer::cutShort,
            (query, output) -> send(output, HostileNameServer.to(query, address(query, 1))))) {
      ask(LONG, server.address());
    }
    var threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    assertFalse(threads.stream().anyMatch(name -> name.contains("dnsjava")), threads::toString);
  }

  @Test
  void a_foreign_answer_does_not_hide_the_true_one() throws IOException {
    try (var server =
        HostileNameServer.of(query ->
            List.of(foreign(query), HostileNameServer.to(query, address(query, 1)).toWire()))) {
      assertEquals(1, answers(ask(LONG, server.address())));
    }
  }

  @Test
  void what_is_too_long_for_udp_comes_over_tcp() throws IOException {
    try (var server =
        HostileNameServer.of(
            HostileNameServer::cutShort,
            (query, output) ->
                send(
                    output,
                    HostileNameServer.to(
                        query,
                        IntStream.range(0, 250)
                            .mapToObj(last -> address(query, last))
                            .toArray(Record[]::new))))) {
      assertEquals(250, answers(ask(LONG, server.address())));
    }
  }

  @Test
  void an_answer_that_is_cut_short_over_tcp_too_is_unusable() throws IOException {
    try (var server =
        HostileNameServer.of(
            HostileNameServer::cutShort,
            (query, output) -> framed(output, HostileNameServer.cutShort(query).getFirst()))) {
      var failure = assertThrows(UnusableAnswerException.class, () -> ask(LONG, server.address()));
      assertEquals(
          "The DNS server cuts its answer short, over UDP and over TCP.", failure.getMessage());
    }
  }

  @Test
  void an_answer_to_another_question_is_unusable() throws IOException {
    try (var server =
        HostileNameServer.of(query -> {
          var other = query("other.test");
          other.getHeader().setID(query.getHeader().getID());
          return List.of(HostileNameServer.to(other).toWire());
        })) {
      var failure = assertThrows(UnusableAnswerException.class, () -> ask(LONG, server.address()));
      assertEquals(
          "The DNS server answers another question than was asked: other.test.",
          failure.getMessage());
    }
  }

  @Test
  void octets_that_are_no_message_are_unusable() throws IOException {
    try (var server =
        HostileNameServer.of(
            query -> List.of(Arrays.copyOf(HostileNameServer.to(query).toWire(), 5)))) {
      var failure = assertThrows(UnusableAnswerException.class, () -> ask(LONG, server.address()));
      assertEquals("What the DNS server sends is no DNS message.", failure.getMessage());
    }
  }

  @Test
  void a_datagram_that_was_lost_is_sent_again() throws IOException {
    var lost = new CountDownLatch(1);
    try (var server =
        HostileNameServer.of(query -> {
          var first = lost.getCount() > 0;
          lost.countDown();
          return first
              ? List.of()
              : List.of(HostileNameServer.to(query, address(query, 1)).toWire());
        })) {
      assertEquals(1, answers(ask(SHORT, server.address())));
      assertEquals(2, server.asked());
    }
  }

  @Test
  void the_next_server_answers_for_one_that_is_dead_silent_or_failing() throws IOException {
    try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var failing = HostileNameServer.of(query -> List.of(failure(query)));
        var well =
            HostileNameServer.of(
                query -> List.of(HostileNameServer.to(query, address(query, 1)).toWire()))) {
      var quiet = new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort());
      assertEquals(1, answers(ask(LONG, dead(), well.address())));
      assertEquals(1, answers(ask(SHORT, quiet, well.address())));
      assertEquals(1, answers(ask(LONG, failing.address(), well.address())));
      assertEquals(org.xbill.DNS.Rcode.SERVFAIL, ask(LONG, dead(), failing.address()).getRcode());
    }
  }

  @Test
  void a_server_that_is_not_there_is_not_waited_for() throws IOException {
    var nobody = dead();
    assertTimeoutPreemptively(SOON, () -> assertThrows(IOException.class, () -> ask(LONG, nobody)));
  }

  @Test
  void silence_is_told_as_silence() throws IOException {
    try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThrows(
          SocketTimeoutException.class,
          () -> ask(SHORT, new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort())));
    }
  }

  private static Message ask(Duration within, InetSocketAddress... servers) throws IOException {
    return new NameServers(List.of(servers), System::nanoTime)
        .ask(query("mx.test"), Deadline.after(within, System::nanoTime));
  }

  private static Message query(String name) {
    return Message.newQuery(Record.newRecord(HostileNameServer.name(name), Type.A, DClass.IN));
  }

  private static int answers(Message answer) {
    return answer.getSection(Section.ANSWER).size();
  }

  private static Record address(Message query, int last) {
    return new ARecord(
        query.getQuestion().getName(), DClass.IN, 60, InetAddress.ofLiteral("192.0.2." + last));
  }

  private static byte[] foreign(Message query) {
    var answer = HostileNameServer.to(query, address(query, 66));
    answer.getHeader().setID(query.getHeader().getID() ^ 1);
    return answer.toWire();
  }

  private static byte[] failure(Message query) {
    var answer = HostileNameServer.to(query);
    answer.getHeader().setRcode(org.xbill.DNS.Rcode.SERVFAIL);
    return answer.toWire();
  }

  private static InetSocketAddress dead() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }
  }

  private static void send(OutputStream output, Message answer) throws IOException {
    framed(output, answer.toWire());
  }

  private static void framed(OutputStream output, byte[] answer) throws IOException {
    var data = new DataOutputStream(output);
    data.writeShort(answer.length);
    data.write(answer);
  }

  private static void flood(OutputStream output) throws IOException {
    var block = new byte[65_536];
    Arrays.fill(block, (byte) 0xff);
    while (true) {
      output.write(block);
    }
  }

  private static void drip(OutputStream output) throws IOException, InterruptedException {
    output.write(ByteBuffer.allocate(2).putShort((short) 0xffff).array());
    while (true) {
      output.write(0);
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    }
  }
}
