package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.fixtures.VirtualRelay;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// one renewal for all, five minutes before the end.
class RenewedTokensTest {
  private static final int WORKERS = 100;
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private Instant now = START;
  private Duration life = Duration.ofHours(1);
  private int asked;
  private boolean down;
  private final RenewedTokens tokens = new RenewedTokens(this::renew, () -> now);

  @Test
  void R242_a_hundred_workers_at_the_end_of_a_token_cause_one_renewal() throws Exception {
    tokens.current();
    now = now.plus(life);
    assertEquals(Set.of("token-2"), all(tokens::current));
    assertEquals(2, asked);
  }

  @Test
  void R242_a_hundred_workers_with_a_withdrawn_token_cause_one_renewal() throws Exception {
    var withdrawn = tokens.current();
    assertEquals(Set.of("token-2"), all(() -> tokens.insteadOf(withdrawn)));
    assertEquals(2, asked);
  }

  @Test
  void R242_a_token_is_renewed_five_minutes_before_its_end_and_not_before() throws IOException {
    tokens.current();
    now = START.plus(life).minus(RenewedTokens.MARGIN).minusMillis(1);
    assertEquals("token-1", tokens.current().reveal());
    now = now.plusMillis(1);
    assertEquals("token-2", tokens.current().reveal());
  }

  @Test
  void R242_a_token_that_lives_for_less_than_ten_minutes_serves_for_half_its_life()
      throws IOException {
    life = Duration.ofMinutes(4);
    tokens.current();
    now = START.plus(Duration.ofMinutes(2)).minusMillis(1);
    assertEquals("token-1", tokens.current().reveal());
    now = now.plusMillis(1);
    assertEquals("token-2", tokens.current().reveal());
  }

  @Test
  void R242_while_the_endpoint_is_down_a_token_serves_to_its_end() throws IOException {
    tokens.current();
    down = true;
    now = START.plus(life).minusMillis(1);
    assertEquals("token-1", tokens.current().reveal());
    now = now.plusMillis(1);
    var missing = assertThrows(TokenMissingException.class, tokens::current);
    assertEquals(
        "No access token could be obtained: The endpoint answers 503.", missing.getMessage());
    down = false;
    assertEquals("token-2", tokens.current().reveal());
  }

  @Test
  void R242_a_renewal_that_breaks_leaves_nobody_waiting() {
    var broken =
        new RenewedTokens(
            () -> {
              throw new IllegalStateException("a defect");
            },
            () -> now);
    assertThrows(IllegalStateException.class, broken::current);
    assertThrows(IllegalStateException.class, broken::current);
  }

  @Test
  void R242_without_a_token_the_relay_is_asked_nothing_and_the_cause_names_the_token() {
    down = true;
    var relay = new VirtualRelay().answers("EHLO", "250-mx.test\r\n250 AUTH XOAUTH2");
    var opening = Submission.open(withTokens(), relay.network(), Watch.NOBODY);
    var failure = assertInstanceOf(Submission.Opening.Failed.class, opening).failure();
    assertEquals("oauth-token-invalid", failure.diagnosis().cause());
    assertTrue(failure.diagnosis().summary().contains("The endpoint answers 503."));
    assertTrue(failure.diagnosis().retryUseful());
    assertEquals(List.of("CONNECT", "EHLO", "QUIT"), relay.heard());
  }

  private Relay withTokens() {
    var usual = Deliveries.relay();
    return new Relay(
        usual.host(),
        usual.port(),
        Security.NONE,
        Trust.publicAuthorities(),
        new Credentials.BearerToken("jo", tokens),
        usual.ehloName(),
        Patience.ofDelivery());
  }

  private RenewedTokens.Token renew() throws IOException {
    if (down) {
      throw new IOException("The endpoint answers 503.");
    }
    return new RenewedTokens.Token(Secret.of("token-" + ++asked), now.plus(life));
  }

  private interface Asking {
    Secret token() throws IOException;
  }

  /// What all workers get that begin at once.
  private static Set<String> all(Asking asking) throws Exception {
    var start = new CountDownLatch(1);
    var answers = new ArrayList<Future<String>>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < WORKERS; i++) {
        answers.add(
            workers.submit(() -> {
              start.await();
              return asking.token().reveal();
            }));
      }
      start.countDown();
    }
    var got = new HashSet<String>();
    for (var answer : answers) {
      got.add(answer.get());
    }
    return got;
  }
}
