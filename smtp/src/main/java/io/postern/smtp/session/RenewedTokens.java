package io.postern.smtp.session;

import io.postern.smtp.Printable;
import io.postern.smtp.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Access tokens that are renewed before they end, once for all sessions that wait. One
/// object belongs to one relay and one user: all sessions with these credentials share it.
///
/// A renewal that fails while the token still lives is no failure: the next session tries again.
public final class RenewedTokens implements AccessTokens {
  /// How long before its end a token is renewed; half its life where it lives for less than twice
  /// that.
  static final Duration MARGIN = Duration.ofMinutes(5);

  private final Renewal renewal;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Held held;
  private @Nullable CompletableFuture<Secret> running;

  public RenewedTokens(Renewal renewal, InstantSource clock) {
    this.renewal = renewal;
    this.clock = clock;
  }

  /// Asks the authorization server (RFC 6749 section 6 or 4.4). Runs on the thread of the first
  /// session that needs a token while the others wait, so it owes an end of its own: ten seconds
  /// are plenty. It also owes what the engine cannot see: HTTPS with the certificate judged, no
  /// redirects followed, and an endpoint that came with the settings of this relay and with nothing
  /// else (ASVS 10.1.1, 15.3.2).
  @FunctionalInterface
  public interface Renewal {
    /// @throws IOException with a sentence that says why there is no token, and no secret in it
    Token renew() throws IOException, InterruptedException;
  }

  /// What the authorization server gave.
  ///
  /// @param endsAt when it gave the token plus its `expires_in`
  public record Token(Secret value, Instant endsAt) {}

  private record Held(Secret value, Instant renewAt, Instant endsAt) {}

  @Override
  public Secret current() throws IOException {
    var known = held();
    var now = clock.instant();
    if (known != null && now.isBefore(known.renewAt())) {
      return known.value();
    }
    try {
      return renewed(known);
    } catch (TokenMissingException e) {
      if (known != null && now.isBefore(known.endsAt())) {
        return known.value();
      }
      throw e;
    }
  }

  /// Sessions that were refused the same token get the one that the first of them had renewed.
  @Override
  public Secret insteadOf(Secret refused) throws IOException {
    var known = held();
    return known != null && !known.value().equals(refused) ? known.value() : renewed(known);
  }

  private @Nullable Held held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// @param known what the caller found wanting; whoever comes after its renewal needs none
  private Secret renewed(@Nullable Held known) throws IOException {
    CompletableFuture<Secret> flight;
    boolean first;
    lock.lock();
    try {
      if (held != null && !held.equals(known)) {
        return held.value();
      }
      first = running == null;
      flight = running == null ? new CompletableFuture<>() : running;
      running = flight;
    } finally {
      lock.unlock();
    }
    if (first) {
      renew(flight);
    }
    return landed(flight);
  }

  private void renew(CompletableFuture<Secret> flight) {
    var began = clock.instant();
    try {
      var token = renewal.renew();
      keep(token, began);
      flight.complete(token.value());
    } catch (IOException e) {
      flight.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      flight.completeExceptionally(new InterruptedIOException("The renewal was interrupted."));
    } finally {
      flight.completeExceptionally(new IOException("The renewal ended without a token."));
      ended();
    }
  }

  private void keep(Token token, Instant began) {
    var half = Duration.between(began, token.endsAt()).dividedBy(2);
    var margin = half.compareTo(MARGIN) < 0 ? half : MARGIN;
    lock.lock();
    try {
      held = new Held(token.value(), token.endsAt().minus(margin), token.endsAt());
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      running = null;
    } finally {
      lock.unlock();
    }
  }

  private static Secret landed(CompletableFuture<Secret> flight) throws IOException {
    try {
      return flight.get();
    } catch (ExecutionException e) {
      var cause = e.getCause();
      var why = Printable.of(String.valueOf((cause == null ? e : cause).getMessage()));
      throw new TokenMissingException("No access token could be obtained: " + why);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a token was renewed");
    }
  }
}
