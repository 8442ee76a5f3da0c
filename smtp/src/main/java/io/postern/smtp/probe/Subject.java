package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.diagnosis.Circumstances;
import io.postern.smtp.session.Relay;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a check is about, as the probes need it.
///
/// @param from the sender, absent when there is none
/// @param to the recipient, absent when there is none
/// @param budget for the whole check; what is left of it after the session bounds the probes
public record Subject(
    Relay relay,
    @Nullable Mailbox from,
    @Nullable Mailbox to,
    Circumstances circumstances,
    Duration budget) {

  /// The configured server.
  HostName host() {
    return relay.host();
  }
}
