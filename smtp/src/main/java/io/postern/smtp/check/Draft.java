package io.postern.smtp.check;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.tls.Trust;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A configuration as somebody typed it, not yet judged: the check's first rung (`config`) judges
/// the values.
///
/// @param host what stands in Outgoing Server
/// @param port absent: by security, else 587
/// @param security absent: follows the port
/// @param username empty: nobody signs in
/// @param password empty with a user name is a finding
/// @param mechanism the one mechanism to sign in with; absent: the strongest that is offered
/// @param from From Email and envelope sender; empty is allowed for depth LOGIN
/// @param to recipient of the check; empty: none
/// @param ehloName empty: computed
/// @param depth absent: MESSAGE with a recipient, ENVELOPE with a sender alone, else LOGIN
/// @param arrivalLink address for the test message, by which its reader says that it arrived;
///   empty: the message has none
/// @param budget for the whole check
public record Draft(
    String host,
    @Nullable Integer port,
    @Nullable Security security,
    String username,
    Secret password,
    @Nullable PasswordMechanism mechanism,
    String from,
    String to,
    String ehloName,
    Trust trust,
    @Nullable Depth depth,
    String arrivalLink,
    Duration budget) {}
