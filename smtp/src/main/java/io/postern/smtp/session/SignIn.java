package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.auth.Mechanism;
import io.postern.smtp.auth.Mechanisms;
import io.postern.smtp.auth.SaslException;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.Transcript;
import io.postern.smtp.wire.Wire;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The exchange behind AUTH (RFC 4954).
final class SignIn {
  /// RFC 4954 section 4: a longer line goes without its initial response.
  private static final int AUTH_LINE_OCTETS_MAX = 512;

  /// Answers that judged nothing: another way may be tried once.
  private static final Set<Integer> NOT_JUDGED = Set.of(451, 500, 501, 504);

  /// No mechanism has more; a server that asks on and on is left.
  static final int CHALLENGES_MAX = 4;

  private final Wire wire;
  private final Extensions extensions;
  private final Relay relay;
  private final Transcript transcript;
  private final RandomGenerator random;

  SignIn(
      Wire wire,
      Extensions extensions,
      Relay relay,
      Transcript transcript,
      RandomGenerator random) {
    this.wire = wire;
    this.extensions = extensions;
    this.relay = relay;
    this.transcript = transcript;
    this.random = random;
  }

  End run(Credentials credentials, @Nullable ChainReport chain, Deadline deadline)
      throws IOException {
    if (extensions.parameters("AUTH").isEmpty()) {
      return new End.Broken(new Finding.NotOffered("AUTH"), null);
    }
    return credentials instanceof Credentials.BearerToken(var username, var tokens)
        ? withToken(username, tokens, chain, deadline)
        : once(credentials, chain, deadline);
  }

  /// A token that was withdrawn before its end is renewed, and tried once more. The refusal
  /// stays the answer when there is no other.
  private End withToken(
      String username, AccessTokens tokens, @Nullable ChainReport chain, Deadline deadline)
      throws IOException {
    var token = tokens.current();
    var end = once(bearer(username, token), chain, deadline);
    if (!(end instanceof End.Broken(Finding.Refused(_, var reply), _)) || reply.code() != 535) {
      return end;
    }
    try {
      var other = tokens.insteadOf(token);
      return other.equals(token) ? end : once(bearer(username, other), chain, deadline);
    } catch (TokenMissingException _) {
      return end;
    }
  }

  private static Credentials bearer(String username, Secret token) {
    return new Credentials.BearerToken(username, AccessTokens.fixed(token));
  }

  private End once(Credentials credentials, @Nullable ChainReport chain, Deadline deadline)
      throws IOException {
    conceal(credentials);
    var usable = mechanisms(credentials, chain);
    if (usable.isEmpty()) {
      return new End.Broken(unusable(credentials), null);
    }
    var end = attempt(usable.getFirst(), true, deadline);
    if (end instanceof End.Broken(Finding.Refused(_, var reply), _)
        && NOT_JUDGED.contains(reply.code())) {
      return again(usable, credentials, chain, reply, deadline);
    }
    return end;
  }

  /// One fallback: the same mechanism with its response the other way round (James takes XOAUTH2
  /// only so), else the next mechanism.
  private End again(
      List<Mechanism> usable,
      Credentials credentials,
      @Nullable ChainReport chain,
      Reply refusal,
      Deadline deadline)
      throws IOException {
    var first = usable.getFirst();
    if (first.initialResponse() != null && (usable.size() == 1 || refusal.code() == 451)) {
      return attempt(mechanisms(credentials, chain).getFirst(), false, deadline);
    }
    return usable.size() > 1
        ? attempt(usable.get(1), true, deadline)
        : Climb.refused("AUTH " + first.name(), refusal);
  }

  private List<Mechanism> mechanisms(Credentials credentials, @Nullable ChainReport chain)
      throws IOException {
    var mechanisms = new Mechanisms(extensions.parameters("AUTH"), random);
    var binding = ChannelBindings.of(wire.socket(), chain);
    return switch (credentials) {
      case Credentials.Password(var username, var password, var pinned) ->
          pinned == null
              ? mechanisms.forPassword(username, password, binding)
              : mechanisms.pinned(pinned, username, password, binding);
      case Credentials.BearerToken(var username, var tokens) ->
          mechanisms.forToken(username, tokens.current(), relay.host().ascii(), relay.port());
      case Credentials.External _ -> mechanisms.external();
    };
  }

  private Finding unusable(Credentials credentials) {
    var offered = extensions.parameters("AUTH");
    return credentials instanceof Credentials.Password(_, _, var pinned) && pinned != null
        ? new Finding.PinNotOffered(pinned, offered)
        : new Finding.MechanismsUnusable(offered);
  }

  private void conceal(Credentials credentials) throws IOException {
    switch (credentials) {
      case Credentials.Password(_, var password, _) -> wire.conceal(password.reveal());
      case Credentials.BearerToken(_, var tokens) -> wire.conceal(tokens.current().reveal());
      case Credentials.External _ -> {}
    }
  }

  /// @param byLength whether the usual form is used: initial response unless the line gets too
  ///   long; otherwise the other one
  private End attempt(Mechanism mechanism, boolean byLength, Deadline deadline) throws IOException {
    var response = mechanism.initialResponse();
    var encoded = response == null ? null : encode(response);
    var fits =
        encoded != null
            && "AUTH ".length() + mechanism.name().length() + 1 + encoded.length() + 2
                <= AUTH_LINE_OCTETS_MAX;
    var inline = fits == byLength && encoded != null;
    try {
      wire.auth(mechanism.name(), inline ? encoded : null);
      wire.flush();
      return exchange(mechanism, inline ? null : response, deadline);
    } finally {
      transcript.signInEnded();
    }
  }

  private End exchange(Mechanism mechanism, byte @Nullable [] held, Deadline deadline)
      throws IOException {
    var reply = wire.read(deadline);
    var waiting = held;
    var challenges = 0;
    while (reply.code() == 334) {
      byte[] answer;
      try {
        limit(++challenges);
        answer = waiting != null ? waiting : mechanism.answer(challenge(reply));
      } catch (SaslException e) {
        return breakOff(e, deadline);
      }
      waiting = null;
      wire.response(answer.length == 0 ? "" : Base64.getEncoder().encodeToString(answer));
      wire.flush();
      reply = wire.read(deadline);
    }
    if (reply.code() == 235) {
      return mechanism.isServerProven()
          ? new End.Passed(mechanism.name())
          : new End.Broken(
              new Finding.ServerNotProven(
                  "The server skipped the proof that it knows the password."),
              null);
    }
    return Climb.refused("AUTH " + mechanism.name(), reply);
  }

  /// RFC 4954 section 4: a lone asterisk ends the exchange, the server answers 501.
  private End breakOff(SaslException e, Deadline deadline) throws IOException {
    wire.response("*");
    wire.flush();
    wire.read(deadline);
    var sentence = String.valueOf(e.getMessage());
    return new End.Broken(
        e.isUnproven()
            ? new Finding.ServerNotProven(sentence)
            : new Finding.ProtocolBroken(sentence, ""),
        null);
  }

  private static void limit(int challenges) throws SaslException {
    if (challenges > CHALLENGES_MAX) {
      throw new SaslException("The server asks more questions than the sign-in has.", false);
    }
  }

  /// strict, so that there is one way to write a challenge.
  private static byte[] challenge(Reply reply) throws SaslException {
    var text = reply.lines().getFirst();
    try {
      var challenge = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(challenge).equals(text)) {
        return challenge;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new SaslException("The server's challenge is no base64.", false);
  }

  private static String encode(byte[] response) {
    return response.length == 0 ? "=" : Base64.getEncoder().encodeToString(response);
  }
}
