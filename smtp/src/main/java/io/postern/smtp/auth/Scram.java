package io.postern.smtp.auth;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.exception.ScramRuntimeException;
import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-1 and SCRAM-SHA-256, with channel binding where it can be had (RFC 5802, RFC 7677, RFC
/// 9266).
final class Scram implements Mechanism {
  static final int ITERATIONS_MIN = 4_096;

  /// Ours: a server must not make us compute for ever.
  static final int ITERATIONS_MAX = 1_000_000;

  private static final String FIRST_BROKEN =
      "The server's first SCRAM message breaks the rules of RFC 5802.";

  /// Nonce, salt and iterations; what stands before them would be a mandatory extension, which ends
  /// the exchange (RFC 5802 section 7).
  private static final Pattern FIRST_MESSAGE =
      Pattern.compile("r=[!-+--~]+,s=[A-Za-z0-9/+=]+,i=[0-9]{1,9}(,.*)?");

  private final ScramClient client;
  private int step;
  private boolean proven;

  private Scram(ScramClient client) {
    this.client = client;
  }

  /// @param mechanisms all SCRAM mechanisms that the server offers, so that a removed -PLUS is
  ///   noticed
  /// @param nonce printable, without comma
  /// @return null when the password cannot be prepared for SCRAM, so that another mechanism must
  ///   serve
  static @Nullable Scram of(
      List<String> mechanisms,
      String username,
      Secret password,
      @Nullable ChannelBinding binding,
      String nonce) {
    try {
      // The library would find out only after the server has spoken.
      StringPreparation.SASL_PREPARATION.normalize(password.reveal().toCharArray());
      var builder =
          ScramClient.builder()
              .advertisedMechanisms(mechanisms)
              .username(username)
              .password(password.reveal().toCharArray())
              .nonceSupplier(() -> nonce);
      if (binding != null) {
        builder.channelBinding(binding.type(), binding.data());
      }
      return new Scram(builder.build());
    } catch (IllegalArgumentException | ScramRuntimeException _) {
      // SASLprep forbids characters of this password or user name; PLAIN carries them as they are.
      return null;
    }
  }

  @Override
  public String name() {
    return client.getScramMechanism().getName();
  }

  @Override
  public byte[] initialResponse() {
    return client.clientFirstMessage().toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    var text = new String(challenge, StandardCharsets.UTF_8);
    step++;
    try {
      return switch (step) {
        case 1 -> proof(text);
        case 2 -> verify(text);
        default ->
            throw new SaslException(
                "The server asked a third question, which SCRAM does not have.", false);
      };
    } catch (ScramException | ScramRuntimeException | IllegalArgumentException _) {
      // Its text may repeat parts of the exchange; ours does not.
      throw new SaslException(
          step == 1 ? FIRST_BROKEN : "The server did not prove that it knows the password.",
          step == 2);
    }
  }

  @Override
  public boolean isServerProven() {
    return proven;
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }

  private byte[] proof(String serverFirst) throws ScramException, SaslException {
    if (!FIRST_MESSAGE.matcher(serverFirst).matches()) {
      throw new SaslException(FIRST_BROKEN, false);
    }
    var iterations = client.serverFirstMessage(serverFirst).getIterationCount();
    if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
      throw new SaslException(
          "The server asks for %d SCRAM iterations; %d to %d are accepted."
              .formatted(iterations, ITERATIONS_MIN, ITERATIONS_MAX),
          false);
    }
    return client.clientFinalMessage().toString().getBytes(StandardCharsets.UTF_8);
  }

  /// A server that refuses says so here and once more in its final reply, which is the one that
  /// counts (RFC 5802 section 7, `e=`).
  private byte[] verify(String serverFinal) throws ScramException {
    if (serverFinal.startsWith("e=")) {
      return new byte[0];
    }
    client.serverFinalMessage(serverFinal);
    proven = true;
    return new byte[0];
  }
}
