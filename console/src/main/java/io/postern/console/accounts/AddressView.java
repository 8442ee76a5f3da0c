package io.postern.console.accounts;

import io.postern.console.letters.MailWarning;
import io.postern.console.outbox.MailState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What *My Account › Email* shows.
///
/// @param verifiedAt absent while nobody has proved the address
/// @param trouble why no letter goes out at present; absent when letters go out
/// @param mayMend whether this account can open the page that mends it
public record AddressView(
    String email,
    @Nullable Instant verifiedAt,
    @Nullable Waiting waiting,
    @Nullable Undo undo,
    @Nullable MailWarning trouble,
    boolean mayMend,
    Form form) {
  /// A change that waits for its new address.
  public record Waiting(String newAddress, Instant until, String letter) {}

  /// A change that the old address can still undo.
  public record Undo(String oldAddress, Instant until) {}

  /// Where a letter is, as the rest of a sentence.
  static String whereabouts(@Nullable MailState state) {
    return switch (state) {
      case QUEUED, LEASED, COMMITTING, RETRY_WAIT, UNKNOWN, PARKED -> "waits to be sent";
      case DELIVERED -> "was taken over by the mail server";
      case FAILED, EXPIRED, CANCELLED -> "was not sent";
      case null -> "was not sent";
    };
  }
}
