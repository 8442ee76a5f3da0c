package io.postern.console.settings;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Security;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a validation tries and so proves, beside the password: the way to the server, the sign-in
/// and the envelope sender. Names, Reply-To and what was acknowledged have no part in it, and may
/// change without a new one.
///
/// @param trusted fingerprints
record Tested(
    HostName host,
    int port,
    Security security,
    Set<String> trusted,
    boolean skipVerify,
    String username,
    @Nullable PasswordMechanism mechanism,
    Mailbox from,
    @Nullable EhloName ehloName) {
  static Tested of(RelayDraft draft) {
    return new Tested(
        draft.host(),
        draft.port(),
        draft.security(),
        draft.authorities().stream()
            .map(Destination::fingerprint)
            .collect(Collectors.toUnmodifiableSet()),
        draft.skipVerify(),
        draft.username(),
        draft.mechanism(),
        draft.from(),
        draft.ehloName());
  }
}
