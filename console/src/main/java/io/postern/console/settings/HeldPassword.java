package io.postern.console.settings;

import io.postern.console.platform.SecretBox;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Keeps a typed password over a page that came back with an error, without showing it: sealed, for
/// this destination, this operator and a quarter of an hour.
public final class HeldPassword {
  private static final String PURPOSE = "held-password";
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  private final SecretBox box;
  private final InstantSource clock;

  HeldPassword(SecretBox box, InstantSource clock) {
    this.box = box;
    this.clock = clock;
  }

  String seal(Actor actor, RelayDraft values, Secret secret) {
    var text = secret.reveal().getBytes(StandardCharsets.UTF_8);
    var plain =
        ByteBuffer.allocate(Long.BYTES + text.length)
            .putLong(clock.instant().plus(LIFETIME).toEpochMilli())
            .put(text)
            .array();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(box.seal(PURPOSE, bound(actor, values), plain));
  }

  /// @return null when there is none, its time is over, or it was typed for another destination
  @Nullable Secret open(Actor actor, RelayDraft values, String sealed) {
    if (sealed.isEmpty()) {
      return null;
    }
    byte[] octets;
    try {
      octets = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException _) {
      // Somebody changed the field; then there is no password.
      return null;
    }
    var plain = box.open(PURPOSE, bound(actor, values), octets);
    if (plain == null || ByteBuffer.wrap(plain).getLong() < clock.millis()) {
      return null;
    }
    return Secret.of(
        new String(plain, Long.BYTES, plain.length - Long.BYTES, StandardCharsets.UTF_8));
  }

  private static byte[] bound(Actor actor, RelayDraft values) {
    var destination = Destination.of(values);
    var who = actor.uid().getBytes(StandardCharsets.UTF_8);
    var bound = Arrays.copyOf(destination, destination.length + who.length);
    System.arraycopy(who, 0, bound, destination.length, who.length);
    return bound;
  }

  /// The form as it goes back to the browser: a typed password stays, sealed.
  SmtpForm keep(Actor actor, SmtpForm form, RelayDraft values) {
    Secret typed =
        form.password().isEmpty() ? open(actor, values, form.held()) : Secret.of(form.password());
    return form.withHeld(typed == null ? "" : seal(actor, values, typed));
  }

  /// Whether a password was typed on this page before and can no longer be had.
  boolean isLost(Actor actor, RelayDraft values, SmtpForm form) {
    return !form.held().isEmpty()
        && form.password().isEmpty()
        && !form.deletePassword()
        && !values.isAnonymous()
        && open(actor, values, form.held()) == null;
  }

  /// A changed form. The operator pressed the button that changed it, so a password that was typed
  /// for the same server comes along.
  SmtpForm carry(Actor actor, SmtpForm before, SmtpForm after) {
    var values = new FormReading(before).values();
    var typed = values == null ? null : open(actor, values, before.held());
    return typed == null || !before.password().isEmpty()
        ? after
        : after.withPassword(typed.reveal());
  }
}
