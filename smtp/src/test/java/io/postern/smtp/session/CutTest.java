package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.fixtures.VirtualRelay;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A connection that breaks at any octet, and any wrong reply at any step: a message counts as
/// taken only with a whole 2yz to its final dot, and as unknown only when the dot was sent (R-130,
///
class CutTest {
  private static final String[] EHLOS = {
    "250-mx.test\r\n250 AUTH PLAIN", "250-mx.test\r\n250-PIPELINING\r\n250 AUTH PLAIN"
  };

  @Test
  void R130_cut_at_every_octet() {
    for (var ehlo : EHLOS) {
      var octets = 0;
      Deliveries.End end;
      do {
        var relay = new VirtualRelay().answers("EHLO", ehlo).saysAtMost(octets++);
        end = Deliveries.through(relay);
        check(end, relay, "cut at " + octets);
      } while (!(end.outcome() instanceof Outcome.Accepted));
      assertTrue(octets > 100, "it was accepted after " + octets + " octets");
    }
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(EHLOS)
        .flatMap(ehlo ->
            Stream.of("CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "DOT")
                .flatMap(step ->
                    Stream.of(
                            "220 2.0.0 Hello",
                            "235 2.7.0 In",
                            "250 2.0.0 Ok",
                            "299 Whatever",
                            "334 Z28gYWhlYWQ=",
                            "354 Go ahead",
                            "421 4.3.2 Bye",
                            "451 4.3.0 Later",
                            "452 4.2.2 Full",
                            "500 5.5.1 What",
                            "530 5.7.0 Sign in",
                            "535 5.7.8 Wrong",
                            "550 5.1.1 Nobody",
                            "552 5.3.4 Big",
                            "599 Whatever",
                            "hello there",
                            "250-never ending",
                            "250 2.0.0 one\r\n250 2.0.0 too many",
                            VirtualRelay.CUT)
                        .map(reply -> Arguments.of(ehlo.contains("PIPELINING"), step, reply))));
  }

  @ParameterizedTest(name = "pipelining {0}, {1}: {2}")
  @MethodSource("faults")
  void R720_any_reply_at_any_step(boolean grouped, String step, String reply) {
    var relay = new VirtualRelay().answers("EHLO", EHLOS[grouped ? 1 : 0]).answers(step, reply);
    check(Deliveries.through(relay), relay, step + " " + reply);
  }

  private static void check(Deliveries.End end, VirtualRelay relay, String what) {
    var dotHeard = relay.heard().contains("DOT");
    switch (end.outcome()) {
      case Outcome.Accepted(var reply) -> {
        assertTrue(dotHeard && reply.isPositive(), what);
        assertEquals(
            List.of("From: <jo@client.test>", "Subject: Hello", "", "Hello"),
            relay.content(),
            what);
      }
      case Outcome.Unknown _ -> assertTrue(dotHeard, what);
      case Outcome.Refused(var failure) -> {
        var reply = failure.reply();
        var refusedForCertain =
            !dotHeard || relay.content().isEmpty() || (reply != null && reply.code() >= 400);
        assertTrue(refusedForCertain, what + " " + failure);
      }
      case null -> assertTrue(!dotHeard && relay.content().isEmpty(), what);
    }
    // One try, and one more only where the first judged nothing.
    assertTrue(relay.heard().stream().filter("AUTH"::equals).count() <= 2, what);
  }
}
