package io.postern.console.settings;

import io.postern.console.platform.web.SealedFields;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Keeps a typed password over a page that comes back, without showing it: sealed for this session,
/// a quarter of an hour, and the destination it was typed for. A part of the destination that was
/// wrong is left open, so that mending it keeps the password; the rest is fixed, and only typing
/// the password again moves it.
public final class HeldPassword {
  private static final String PURPOSE = "held-password";

  /// The length of a part that is open.
  private static final int OPEN = -1;

  private final SealedFields fields;

  HeldPassword(SealedFields fields) {
    this.fields = fields;
  }

  /// The form as it goes back to the browser: a typed password stays, sealed. One that was sealed
  /// before is sealed anew only where all of its destination can be read, so that what it was fixed
  /// to never becomes less.
  SmtpForm keep(HttpServletRequest request, SmtpForm form) {
    var reading = new FormReading(form);
    if (reading.faults().containsKey("password")) {
      return form.withHeld("");
    }
    if (!form.password().isEmpty()) {
      return form.withHeld(seal(request, form, reading, form.password()));
    }
    var held = reading.values() == null ? null : open(request, form, reading);
    return form.withHeld(held == null ? form.held() : seal(request, form, reading, held.reveal()));
  }

  /// @return null when there is none, its time is over, or it was typed for another destination
  @Nullable Secret open(HttpServletRequest request, SmtpForm form, FormReading reading) {
    var plain = form.held().isEmpty() ? null : fields.open(request, PURPOSE, form.held());
    if (plain == null) {
      return null;
    }
    for (var part : DestinationParts.of(form, reading)) {
      var length = plain.getInt();
      if (length != OPEN && !text(plain, length).equals(part)) {
        return null;
      }
    }
    return Secret.of(text(plain, plain.remaining()));
  }

  /// A changed form. The operator pressed the button that changed it, so a password that was typed
  /// for the same server comes along.
  SmtpForm carry(HttpServletRequest request, SmtpForm before, SmtpForm after) {
    var typed = before.password().isEmpty() ? open(request, before, new FormReading(before)) : null;
    return typed == null ? after : after.withPassword(typed.reveal());
  }

  private String seal(
      HttpServletRequest request, SmtpForm form, FormReading reading, String password) {
    var bytes = new ByteArrayOutputStream();
    for (var part : DestinationParts.of(form, reading)) {
      var octets = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
      var length = part == null ? OPEN : octets.length;
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      bytes.writeBytes(octets);
    }
    bytes.writeBytes(password.getBytes(StandardCharsets.UTF_8));
    return fields.seal(request, PURPOSE, bytes.toByteArray());
  }

  private static String text(ByteBuffer plain, int length) {
    var octets = new byte[length];
    plain.get(octets);
    return new String(octets, StandardCharsets.UTF_8);
  }
}
