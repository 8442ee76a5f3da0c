package io.postern.console.accounts;

import io.postern.console.settings.InstanceSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What browsers are asked, in the JSON shapes of WebAuthn Level 3 (section 5.1.10), each with a
/// challenge of its own. A passkey must verify its owner (PIN, finger, face) and be found without
/// being named, so that it can also sign in alone.
final class PasskeyQuestions {
  private final InstanceSettings instance;
  private final Challenges challenges;

  PasskeyQuestions(InstanceSettings instance, Challenges challenges) {
    this.instance = instance;
    this.challenges = challenges;
  }

  /// Whom passkeys are made for, by the base URL in force.
  RelyingParty party() {
    return RelyingParty.of(instance.baseUrl());
  }

  /// To make a passkey.
  ///
  /// @param known credentials that the account has here already
  Map<String, Object> creation(Account account, Challenges.Question question, List<String> known) {
    var party = party();
    var options = new LinkedHashMap<String, Object>();
    options.put("rp", Map.of("id", party.id(), "name", instance.displayName()));
    options.put(
        "user",
        Map.of(
            "id",
            Ceremony.text(account.uid().getBytes(StandardCharsets.UTF_8)),
            "name",
            account.email(),
            "displayName",
            account.displayName()));
    options.put("challenge", Ceremony.text(challenges.issue(question)));
    options.put(
        "pubKeyCredParams",
        Ceremony.ALGORITHMS.stream()
            .map(each -> Map.of("type", "public-key", "alg", each))
            .toList());
    options.put("timeout", Challenges.LIFETIME.toMillis());
    options.put("excludeCredentials", descriptors(known));
    options.put(
        "authenticatorSelection",
        Map.of(
            "residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
    options.put("attestation", "none");
    return options;
  }

  /// To sign with one.
  ///
  /// @param allowed credentials to choose from, empty for whichever the browser has
  Map<String, Object> signature(Challenges.Question question, List<String> allowed) {
    var options = new LinkedHashMap<String, Object>();
    options.put("challenge", Ceremony.text(challenges.issue(question)));
    options.put("rpId", party().id());
    options.put("timeout", Challenges.LIFETIME.toMillis());
    options.put("allowCredentials", descriptors(allowed));
    options.put("userVerification", "required");
    return options;
  }

  private static List<Map<String, String>> descriptors(List<String> ids) {
    return ids.stream().map(id -> Map.of("type", "public-key", "id", id)).toList();
  }
}
