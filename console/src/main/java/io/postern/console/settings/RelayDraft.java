package io.postern.console.settings;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of a relay configuration, each of its own type, without the password.
///
/// @param username empty: an anonymous relay
/// @param mechanism the one mechanism to sign in with; absent: the strongest that is offered
/// @param fromName empty: none
/// @param ehloName absent: computed by the engine
/// @param authorities trusted for this relay besides the public ones
/// @param acknowledged warnings that the operator took note of, such as `cleartext-password`
public record RelayDraft(
    HostName host,
    int port,
    Security security,
    String username,
    @Nullable PasswordMechanism mechanism,
    Mailbox from,
    String fromName,
    @Nullable Mailbox replyTo,
    @Nullable EhloName ehloName,
    List<X509Certificate> authorities,
    boolean skipVerify,
    Set<String> acknowledged) {
  public RelayDraft {
    authorities = List.copyOf(authorities);
    acknowledged = Set.copyOf(acknowledged);
  }

  /// Whether nobody signs in.
  public boolean isAnonymous() {
    return username.isEmpty();
  }
}
