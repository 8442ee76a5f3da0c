package io.postern.console.settings;

import io.postern.console.platform.Pem;
import io.postern.console.platform.ServerIdentity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges a certificate and its key as an operator pasted them: whether browsers would take them
/// for this console, now.
final class EnteredCertificate {
  private final InstanceSettings instance;
  private final Instant now;

  EnteredCertificate(InstanceSettings instance, Instant now) {
    this.instance = instance;
    this.now = now;
  }

  /// @param faults takes what is wrong, by field: `chain` and `key`
  /// @return null when something is
  @Nullable ServerIdentity read(String chain, String key, Map<String, String> faults) {
    var certificates = Pem.parse(chain);
    if (certificates == null || certificates.isEmpty()) {
      faults.put(
          "chain",
          certificates == null
              ? Pem.whyNot(chain)
              : "Paste certificates in PEM, which begin with -----BEGIN CERTIFICATE-----.");
    }
    var secret = ServerIdentity.key(key);
    if (secret == null) {
      faults.put(
          "key",
          "Paste the private key in PEM without a passphrase; it begins with -----BEGIN PRIVATE KEY-----. To make one of another form: openssl pkcs8 -topk8 -nocrypt -in key.pem");
    }
    if (certificates == null || certificates.isEmpty() || secret == null) {
      return null;
    }
    var identity = new ServerIdentity(certificates, secret);
    var fault = fault(identity);
    if (fault != null) {
      faults.put("chain", fault);
    }
    return fault == null ? identity : null;
  }

  private @Nullable String fault(ServerIdentity identity) {
    var flaw = identity.flaw();
    if (flaw != null) {
      return flaw;
    }
    var stale = identity.staleness(now);
    if (stale != null) {
      return stale;
    }
    var host = instance.baseUrlHost();
    return instance.isLocalhost() || identity.isFor(host)
        ? null
        : "The certificate is for %s, and the base URL is on %s. Take one for that name, or change the base URL first."
            .formatted(String.join(", ", identity.names()), host);
  }
}
