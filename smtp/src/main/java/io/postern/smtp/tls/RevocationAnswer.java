package io.postern.smtp.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks and reads whether a certificate was revoked. The octets are fetched by the caller: the
/// JDK's own lookups would go around the dialer.
public final class RevocationAnswer {
  /// SHA-1 names the issuer in a question, as all responders expect (RFC 6960 section 4.1.1, RFC
  /// 5019 section 2.1.1); nothing is signed with it.
  private static final String NAMING_HASH = "SHA-1";

  private static final byte[] SHA1_ALGORITHM = {
    0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00
  };
  private static final int OCTET_STRING = 0x04;
  private static final int INTEGER = 0x02;

  private RevocationAnswer() {}

  /// How the certificate stands.
  public sealed interface Standing {
    record Good() implements Standing {}

    record Revoked(Instant when) implements Standing {}

    /// The answer cannot be used.
    record Unknown() implements Standing {}
  }

  /// An OCSP request for one certificate (RFC 6960 section 4.1).
  public static byte[] question(X509Certificate certificate, X509Certificate issuer) {
    try {
      var hash = MessageDigest.getInstance(NAMING_HASH);
      var name = hash.digest(issuer.getSubjectX500Principal().getEncoded());
      var key = hash.digest(keyBits(issuer));
      var id =
          sequence(
              SHA1_ALGORITHM,
              element(OCTET_STRING, name),
              element(OCTET_STRING, key),
              element(INTEGER, certificate.getSerialNumber().toByteArray()));
      return sequence(sequence(sequence(sequence(id))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }

  /// Reads an OCSP response: its signature must be the issuer's or of a responder that the issuer
  /// named.
  public static Standing ofResponse(
      byte[] response, X509Certificate certificate, X509Certificate issuer, Instant now) {
    try {
      var validator = CertPathValidator.getInstance("PKIX");
      var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(
          EnumSet.of(
              PKIXRevocationChecker.Option.ONLY_END_ENTITY,
              PKIXRevocationChecker.Option.NO_FALLBACK));
      checker.setOcspResponses(Map.of(certificate, response));
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
      parameters.setRevocationEnabled(false);
      parameters.addCertPathChecker(checker);
      parameters.setDate(Date.from(now));
      var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
      validator.validate(path, parameters);
      return new Standing.Good();
    } catch (CertPathValidatorException e) {
      return e.getCause() instanceof CertificateRevokedException revoked
          ? new Standing.Revoked(revoked.getRevocationDate().toInstant())
          : new Standing.Unknown();
    } catch (GeneralSecurityException _) {
      // No usable answer.
      return new Standing.Unknown();
    }
  }

  /// Reads a list of revoked certificates, signed by the issuer and not out of date.
  public static Standing ofList(
      byte[] list, X509Certificate certificate, X509Certificate issuer, Instant now) {
    try {
      var crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
      crl.verify(issuer.getPublicKey());
      var next = crl.getNextUpdate();
      if (next != null && now.isAfter(next.toInstant())) {
        return new Standing.Unknown();
      }
      var entry = crl.getRevokedCertificate(certificate.getSerialNumber());
      return entry == null
          ? new Standing.Good()
          : new Standing.Revoked(entry.getRevocationDate().toInstant());
    } catch (GeneralSecurityException _) {
      // Not the issuer's list.
      return new Standing.Unknown();
    }
  }

  /// @return the certificate that signed this one: from the chain, or a trusted authority
  public static @Nullable X509Certificate issuerOf(List<X509Certificate> chain, Trust trust) {
    var leaf = chain.getFirst();
    for (var candidates :
        List.of(chain.subList(1, chain.size()), trust.authorities(), PublicTrust.authorities())) {
      for (var candidate : candidates) {
        if (candidate.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
            && signed(leaf, candidate)) {
          return candidate;
        }
      }
    }
    return null;
  }

  private static boolean signed(X509Certificate leaf, X509Certificate by) {
    try {
      leaf.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      // Another one of the same name.
      return false;
    }
  }

  /// The public key's bits, without the octet that counts unused ones.
  private static byte[] keyBits(X509Certificate issuer) {
    var info = DerElement.read(issuer.getPublicKey().getEncoded()).getFirst().inside();
    var bits = info.getLast().content();
    return java.util.Arrays.copyOfRange(bits, 1, bits.length);
  }

  private static byte[] sequence(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    for (var part : parts) {
      whole.writeBytes(part);
    }
    return element(DerElement.SEQUENCE, whole.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 0x80) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
