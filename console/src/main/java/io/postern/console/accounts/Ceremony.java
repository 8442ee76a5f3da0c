package io.postern.console.accounts;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The two ceremonies of WebAuthn Level 3 (sections 7.1 and 7.2) by webauthn4j: origin, host,
/// challenge, signature, user verification, counter. Which maker built the authenticator is not
/// asked: no attestation is wanted, and none is judged.
final class Ceremony {
  /// Longer answers are no answers: a browser sends some 2 KB.
  static final int ANSWER_CHARACTERS_MAX = 16_384;

  /// EdDSA, ES256 and RS256: what authenticators have (WebAuthn Level 3, section 5.4).
  static final List<Integer> ALGORITHMS = List.of(-8, -7, -257);

  private static final int CREDENTIAL_ID_OCTETS_MAX = 1_023;

  /// Built when the first passkey is used: it takes two mappers of Jackson.
  private static final class Engine {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final ObjectConverter CONVERTER = new ObjectConverter();
    static final WebAuthnManager MANAGER =
        WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
    static final AttestedCredentialDataConverter ATTESTED =
        new AttestedCredentialDataConverter(CONVERTER);
    static final List<PublicKeyCredentialParameters> TAKEN =
        ALGORITHMS.stream()
            .map(each ->
                new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(each)))
            .toList();

    private Engine() {}
  }

  /// A browser's answer that can be read; nothing of it is proved yet.
  ///
  /// @param challenge the one that it says it answers
  @SuppressWarnings("ArrayRecordComponent") // octets of a protocol; never compared
  record Creation(byte[] challenge, RegistrationData data) {}

  /// The same for a signature.
  ///
  /// @param credentialId in Base64url
  /// @param userHandle the account's uid that the authenticator keeps, empty when it sent none
  @SuppressWarnings("ArrayRecordComponent") // octets of a protocol; never compared
  record Assertion(
      String credentialId, String userHandle, byte[] challenge, AuthenticationData data) {}

  /// How a signature was judged.
  sealed interface Proof {
    record Good(long signCount, boolean isBackedUp) implements Proof {}

    record Bad() implements Proof {}

    /// Right, but its counter went back: somebody may have a copy of the passkey.
    record Copied() implements Proof {}
  }

  private Ceremony() {}

  /// @param json a `RegistrationResponseJSON`
  /// @return null when it cannot be read
  static @Nullable Creation readCreation(String json) {
    try {
      var response = response(json);
      var data =
          Engine.MANAGER.parse(
              new RegistrationRequest(
                  octets(response, "attestationObject"), octets(response, "clientDataJSON")));
      var challenge = challenge(data.getCollectedClientData());
      return challenge == null || data.getAttestationObject() == null
          ? null
          : new Creation(challenge, data);
    } catch (WebAuthnException | JacksonException | IllegalArgumentException _) {
      // What browsers send reads otherwise; who wrote it by hand learns no more.
      return null;
    }
  }

  /// @param json an `AuthenticationResponseJSON`
  /// @return null when it cannot be read
  static @Nullable Assertion readAssertion(String json) {
    try {
      var response = response(json);
      var id = octets(tree(json), "rawId");
      var data =
          Engine.MANAGER.parse(
              new AuthenticationRequest(
                  id,
                  octets(response, "authenticatorData"),
                  octets(response, "clientDataJSON"),
                  octets(response, "signature")));
      var challenge = challenge(data.getCollectedClientData());
      var handle = response.path("userHandle").asString("");
      return challenge == null || data.getAuthenticatorData() == null
          ? null
          : new Assertion(
              text(id),
              new String(Base64.getUrlDecoder().decode(handle), StandardCharsets.UTF_8),
              challenge,
              data);
    } catch (WebAuthnException | JacksonException | IllegalArgumentException _) {
      // As above.
      return null;
    }
  }

  private static JsonNode tree(String json) {
    if (json.length() > ANSWER_CHARACTERS_MAX) {
      throw new IllegalArgumentException("longer than any answer");
    }
    return Engine.JSON.readTree(json);
  }

  private static JsonNode response(String json) {
    return tree(json).path("response");
  }

  /// @throws IllegalArgumentException when the member is missing or no Base64url
  private static byte[] octets(JsonNode object, String member) {
    var octets = Base64.getUrlDecoder().decode(object.path(member).asString(""));
    if (octets.length == 0) {
      throw new IllegalArgumentException(member + " is missing");
    }
    return octets;
  }

  /// @return what is kept of it; null when it proves nothing, or its owner was not verified
  static Passkey.@Nullable Credential verify(Creation creation, RelyingParty party) {
    try {
      var parameters =
          new RegistrationParameters(
              property(party, creation.challenge()), Engine.TAKEN, true, true);
      Engine.MANAGER.verify(creation.data(), parameters);
      var data = Objects.requireNonNull(creation.data().getAttestationObject());
      var told = data.getAuthenticatorData();
      var attested = told.getAttestedCredentialData();
      if (attested == null || attested.getCredentialId().length > CREDENTIAL_ID_OCTETS_MAX) {
        return null;
      }
      return new Passkey.Credential(
          text(attested.getCredentialId()),
          Engine.ATTESTED.convert(attested),
          told.getSignCount(),
          told.isFlagBE(),
          told.isFlagBS());
    } catch (WebAuthnException | IllegalArgumentException _) {
      // Which check failed would help only whoever forges.
      return null;
    }
  }

  static Proof verify(Assertion assertion, RelyingParty party, Passkey.Credential known) {
    try {
      var record =
          new CredentialRecordImpl(
              null,
              true,
              known.isBackupEligible(),
              known.isBackedUp(),
              known.signCount(),
              Engine.ATTESTED.convert(known.attested()),
              null,
              null,
              null,
              null);
      var parameters =
          new AuthenticationParameters(
              property(party, assertion.challenge()), record, null, true, true);
      Engine.MANAGER.verify(assertion.data(), parameters);
      var told = Objects.requireNonNull(assertion.data().getAuthenticatorData());
      return new Proof.Good(told.getSignCount(), told.isFlagBS());
    } catch (MaliciousCounterValueException _) {
      // The last check of all: everything else was right.
      return new Proof.Copied();
    } catch (WebAuthnException | IllegalArgumentException _) {
      // As above.
      return new Proof.Bad();
    }
  }

  static String text(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static ServerProperty property(RelyingParty party, byte[] challenge) {
    return ServerProperty.builder()
        .origin(new Origin(party.origin()))
        .rpId(party.id())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  private static byte @Nullable [] challenge(@Nullable CollectedClientData data) {
    return data == null || data.getChallenge() == null ? null : data.getChallenge().getValue();
  }
}
