package io.postern.smtp.tls;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges a server's certificates by our own rules, because the JDK accepts RSA-1024, SHA-1,
/// expired trust anchors and names in CN (R-206 to R-208; F-001, F-002, F-011).
final class ChainJudge {
  static final int RSA_BITS_MIN = 2_048;
  static final int EC_BITS_MIN = 224;
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final Trust trust;
  private final Instant now;

  ChainJudge(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  ChainReport judge(List<X509Certificate> chain, HostName reference) {
    var leaf = chain.getFirst();
    var pinned = trust.authorities().contains(leaf);
    var kind = strength(leaf);
    if (kind == null) {
      kind = dates(leaf);
    }
    if (kind == null && !pinned) {
      kind = path(chain);
      if (kind == null) {
        kind = usage(leaf);
      }
      if (kind == null && !Identity.matches(leaf, reference)) {
        kind = Flaw.NAME_MISMATCH;
      }
    }
    return new ChainReport(chain, kind == null ? null : refused(kind, leaf), pinned);
  }

  private static CertificateRefused refused(Flaw kind, X509Certificate leaf) {
    var when = kind == Flaw.NOT_YET_VALID ? leaf.getNotBefore() : leaf.getNotAfter();
    return new CertificateRefused(
        kind,
        Names.shortName(leaf.getSubjectX500Principal()),
        Names.shortName(leaf.getIssuerX500Principal()),
        when.toInstant(),
        Identity.names(leaf));
  }

  private @Nullable Flaw dates(X509Certificate leaf) {
    if (now.isAfter(leaf.getNotAfter().toInstant())) {
      return Flaw.EXPIRED;
    }
    return now.isBefore(leaf.getNotBefore().toInstant()) ? Flaw.NOT_YET_VALID : null;
  }

  private static @Nullable Flaw strength(X509Certificate certificate) {
    var bitsMissing =
        switch (certificate.getPublicKey()) {
          case RSAKey rsa -> rsa.getModulus().bitLength() < RSA_BITS_MIN;
          case ECKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS_MIN;
          default -> false;
        };
    if (bitsMissing) {
      return Flaw.WEAK_KEY;
    }
    var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return algorithm.startsWith("MD5")
            || algorithm.startsWith("MD2")
            || algorithm.startsWith("SHA1")
        ? Flaw.WEAK_SIGNATURE
        : null;
  }

  private static @Nullable Flaw usage(X509Certificate leaf) {
    try {
      var usages = leaf.getExtendedKeyUsage();
      var fits =
          usages == null || usages.contains(SERVER_AUTHENTICATION) || usages.contains(ANY_USAGE);
      return fits ? null : Flaw.WRONG_USAGE;
    } catch (CertificateParsingException _) {
      // The extension itself is broken.
      return Flaw.MALFORMED;
    }
  }

  /// Whether a path leads from the leaf to an anchor; otherwise what is missing.
  private @Nullable Flaw path(List<X509Certificate> chain) {
    for (var link : chain.subList(1, chain.size())) {
      var weak = isSelfIssued(link) ? null : strength(link);
      if (weak != null) {
        return weak;
      }
    }
    if (builds(chain)) {
      return null;
    }
    var leaf = chain.getFirst();
    if (isSelfIssued(leaf)) {
      return Flaw.SELF_SIGNED;
    }
    var expired =
        chain.stream().skip(1).anyMatch(link -> now.isAfter(link.getNotAfter().toInstant()));
    if (expired) {
      return Flaw.EXPIRED;
    }
    return chain.size() == 1 && Names.hasIssuerAddress(leaf)
        ? Flaw.INCOMPLETE_CHAIN
        : Flaw.UNKNOWN_ISSUER;
  }

  /// Whether a path leads from the first certificate over the others to an anchor.
  boolean builds(List<X509Certificate> chain) {
    try {
      Set<TrustAnchor> anchors = new HashSet<>(PublicAuthorities.anchors());
      trust.authorities().stream()
          .filter(authority -> authority.getBasicConstraints() >= 0)
          .forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
      var target = new X509CertSelector();
      target.setCertificate(chain.getFirst());
      var parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException _) {
      // No path; the JDK words every reason alike, so the chain itself is looked at instead (lab
      // measurements, F-012).
      return false;
    }
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }
}
