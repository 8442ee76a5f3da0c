package io.postern.console.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// With what the console shows itself to browsers: a chain of certificates, its own first, and the
/// private key of that. The key has no printable form.
///
/// @param chain without its root; at least one
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
  public static final int CHAIN_MAX = 10;

  private static final int RSA_BITS_MIN = 2048;
  private static final char[] NO_PASSWORD = new char[0];

  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /// Reads a private key, PKCS #8 in PEM without a passphrase.
  ///
  /// @return null when the text holds none
  public static @Nullable PrivateKey key(String pem) {
    var begin = pem.indexOf("-----BEGIN PRIVATE KEY-----");
    var end = pem.indexOf("-----END PRIVATE KEY-----");
    if (pem.length() > Pem.CHARACTERS_MAX || begin < 0 || end < begin) {
      return null;
    }
    try {
      var text = pem.substring(begin + "-----BEGIN PRIVATE KEY-----".length(), end);
      return keyOf(Base64.getMimeDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      // Not Base64.
      return null;
    }
  }

  /// @param octets PKCS #8
  /// @return null when it is no RSA, EC or EdDSA key
  static @Nullable PrivateKey keyOf(byte[] octets) {
    return Stream.of("RSA", "EC", "EdDSA")
        .map(kind -> keyOf(kind, octets))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable PrivateKey keyOf(String kind, byte[] octets) {
    try {
      return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(octets));
    } catch (InvalidKeySpecException _) {
      // Another kind.
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(kind + " is missing from this Java runtime", e);
    }
  }

  public X509Certificate own() {
    return chain.getFirst();
  }

  /// Why browsers could not use it at all; null when they can.
  public @Nullable String flaw() {
    if (chain.size() > CHAIN_MAX) {
      return "A chain has at most %d certificates.".formatted(CHAIN_MAX);
    }
    if (!belongs(own().getPublicKey(), key)) {
      return "The key does not belong to the first certificate. The console's own certificate comes first, its intermediates after it.";
    }
    for (var i = 1; i < chain.size(); i++) {
      if (!isSigned(chain.get(i - 1), chain.get(i).getPublicKey())) {
        return "Certificate %d did not sign certificate %d. Each is followed by the one that signed it; leave out what does not belong to the chain."
            .formatted(i + 1, i);
      }
    }
    if (own().getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      return "The RSA key has %d bits; browsers refuse less than %d."
          .formatted(rsa.getModulus().bitLength(), RSA_BITS_MIN);
    }
    return names().isEmpty()
        ? "The certificate names no host (subject alternative name), so browsers refuse it."
        : null;
  }

  /// Why it does not count today; null when it does.
  public @Nullable String staleness(Instant now) {
    if (now.isBefore(begins())) {
      return "The certificate is not valid before %s.".formatted(begins());
    }
    return now.isAfter(ends()) ? "The certificate ended on %s.".formatted(ends()) : null;
  }

  public Instant begins() {
    return own().getNotBefore().toInstant();
  }

  public Instant ends() {
    return own().getNotAfter().toInstant();
  }

  public boolean isSelfSigned() {
    return own().getSubjectX500Principal().equals(own().getIssuerX500Principal());
  }

  /// The hosts and addresses that it is for, in lower case.
  public List<String> names() {
    try {
      var names = own().getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(1) instanceof String)
              .filter(name -> List.of(2, 7).contains(name.get(0)))
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException _) {
      // Then browsers cannot read them either.
      return List.of();
    }
  }

  /// Whether a browser takes it for this host (RFC 9525): the same name, or one level under a star.
  public boolean isFor(String host) {
    var wanted = canonical(host);
    var dot = wanted.indexOf('.');
    var star = dot < 0 ? wanted : "*" + wanted.substring(dot);
    return names().stream()
        .map(ServerIdentity::canonical)
        .anyMatch(name -> name.equals(wanted) || name.equals(star));
  }

  /// SHA-256 of its own certificate, as browsers show it.
  public String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(own().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was read cannot be encoded", e);
    }
  }

  /// What the web server takes.
  public KeyStore store() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("postern", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This Java runtime keeps no keys", e);
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "ServerIdentity[" + names() + " until " + ends() + "]";
  }

  /// Whether what the one signs the other verifies.
  private static boolean belongs(PublicKey open, PrivateKey secret) {
    var algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      var words = new byte[] {1, 2, 3};
      var signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(words);
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(open);
      verifying.update(words);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException _) {
      // The keys are of different kinds.
      return false;
    }
  }

  private static boolean isSigned(X509Certificate certificate, PublicKey by) {
    try {
      certificate.verify(by);
      return true;
    } catch (GeneralSecurityException _) {
      // Somebody else signed it.
      return false;
    }
  }

  private static String canonical(String host) {
    var bare = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    try {
      return Arrays.toString(InetAddress.ofLiteral(bare).getAddress());
    } catch (IllegalArgumentException _) {
      // A host name.
      return bare;
    }
  }
}
