package io.postern.smtp.session;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.fixtures.VirtualRelay;
import io.postern.smtp.tls.Trust;
import java.nio.charset.StandardCharsets;

/// One message through a relay on a virtual clock.
final class Deliveries {
  static final byte[] CONTENT =
      "From: <jo@client.test>\r\nSubject: Hello\r\n\r\nHello\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  static final Envelope ENVELOPE =
      new Envelope(Mailbox.parse("jo@client.test"), Mailbox.parse("ann@mx.test"), "0a1b");

  private Deliveries() {}

  /// How it ended.
  ///
  /// @param unopened why there was no session
  /// @param outcome what became of the message
  record End(
      @org.jspecify.annotations.Nullable Failure unopened,
      @org.jspecify.annotations.Nullable Outcome outcome,
      boolean usable) {
    @org.jspecify.annotations.Nullable
    Failure failure() {
      return switch (outcome) {
        case Outcome.Refused(var failure) -> failure;
        case Outcome.Unknown(var failure) -> failure;
        case null, default -> unopened;
      };
    }
  }

  static Relay relay() {
    return new Relay(
        HostName.parse("mx.test"),
        587,
        Security.NONE,
        Trust.publicAuthorities(),
        new Credentials.Password("jo", Secret.of("open-sesame")),
        EhloName.parse("client.test"),
        Patience.ofDelivery());
  }

  static End through(VirtualRelay relay) {
    return switch (Submission.open(relay(), relay.network(), Watch.NOBODY)) {
      case Submission.Opening.Failed(var failure, _, _) -> new End(failure, null, false);
      case Submission.Opening.Ready(var submission, _) -> {
        try (submission) {
          var outcome = submission.send(ENVELOPE, CONTENT, () -> {});
          yield new End(null, outcome, submission.isUsable());
        }
      }
    };
  }
}
