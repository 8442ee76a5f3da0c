package io.postern.console.platform.web;

import io.postern.console.platform.SecretBox;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Secrets that a page gives to the browser to bring back, unreadable there: sealed with the
/// instance key, for one session and a quarter of an hour. Nothing is stored.
public final class SealedFields {
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  private final SecretBox box;
  private final InstantSource clock;

  SealedFields(SecretBox box, InstantSource clock) {
    this.box = box;
    this.clock = clock;
  }

  /// @param purpose what kind of field this is; a field of another purpose does not open
  /// @return the value of a hidden field
  public String seal(HttpServletRequest request, String purpose, byte[] plain) {
    var timed =
        ByteBuffer.allocate(Long.BYTES + plain.length)
            .putLong(clock.instant().plus(LIFETIME).toEpochMilli())
            .put(plain)
            .array();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(box.seal(purpose, session(request), timed));
  }

  /// @return null when its time is over, when it belongs to another session or purpose, or when it
  ///   was changed
  public @Nullable ByteBuffer open(HttpServletRequest request, String purpose, String sealed) {
    byte[] octets;
    try {
      octets = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException _) {
      // Somebody changed the field; then it holds nothing.
      return null;
    }
    var plain = box.open(purpose, session(request), octets);
    if (plain == null) {
      return null;
    }
    var buffer = ByteBuffer.wrap(plain);
    return buffer.getLong() < clock.millis() ? null : buffer;
  }

  private static byte[] session(HttpServletRequest request) {
    var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
    var session = request.getAttribute(PageSignIn.SESSION);
    if (actor == null || session == null) {
      throw new NotSignedInException();
    }
    return (actor.uid() + " " + session).getBytes(StandardCharsets.UTF_8);
  }
}
