package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.postern.smtp.fixtures.VirtualRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What counts as a broken order of replies, and what does not.
class ReplyOrderTest {
  private static final String GROUPS = "250-mx.test\r\n250-PIPELINING\r\n250 AUTH PLAIN";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "MAIL, hello there, true",
    "MAIL, 354 Go ahead, true",
    "RCPT, 354 Go ahead, true",
    "DATA, 250 2.0.0 Ok, true",
    "DATA, '354 Go ahead\n250 2.0.0 One too many', true",
    "DOT, hello there, true",
    "DOT, 354 Go ahead, true",
    "DOT, '250 2.0.0 Ok\n250 2.0.0 One too many', true",
    "DOT, '250 2.0.0 Ok\n421 4.3.2 Bye', false",
    "MAIL, 550 5.7.1 No, false",
    "RCPT, 450 4.2.0 Later, false",
    "DATA, 554 5.5.1 No, false",
    "DOT, 552 5.3.4 Big, false",
    "RCPT, CUT, false",
    "DOT, 250 2.0.0 Ok, false",
  })
  void R162_an_order_that_is_broken_is_noticed(String step, String reply, boolean broken) {
    var said = reply.replace("\n", "\r\n");
    assertEquals(broken, brokeOrder(relay().answers(step, said), Deliveries.relay()));
  }

  @Test
  void R162_one_command_at_a_time_has_no_order_to_break() {
    var said = "250 2.0.0 Ok\r\n250 2.0.0 One too many";
    assertEquals(
        false, brokeOrder(relay().answers("DOT", said), Deliveries.relay().withoutGroups()));
    assertEquals(false, brokeOrder(new VirtualRelay().answers("DOT", said), Deliveries.relay()));
  }

  private static VirtualRelay relay() {
    return new VirtualRelay().answers("EHLO", GROUPS);
  }

  private static boolean brokeOrder(VirtualRelay server, Relay relay) {
    var opening = Submission.open(relay, server.network(), Watch.NOBODY);
    try (var submission = assertInstanceOf(Submission.Opening.Ready.class, opening).submission()) {
      submission.send(Deliveries.ENVELOPE, Deliveries.CONTENT, () -> {});
      return submission.brokeReplyOrder();
    }
  }
}
