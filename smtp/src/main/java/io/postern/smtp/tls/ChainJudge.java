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
import java.util.ArrayList;
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

  /// @param chain as sent, the server's own certificate first
  /// @param reference the configured host
  ChainReport judge(List<X509Certificate> chain, HostName reference) {
    var leaf = chain.getFirst();
    var pinned = trust.authorities().contains(leaf);
    var fault = strength(leaf);
    if (fault == null) {
      fault = dates(leaf);
    }
    if (fault == null && !pinned) {
      fault = path(chain);
      if (fault == null) {
        fault = usage(leaf);
      }
      if (fault == null && !Identity.matches(leaf, reference)) {
        fault = new Fault(Flaw.NAME_MISMATCH, leaf);
      }
    }
    return new ChainReport(chain, fault == null ? null : refused(fault, leaf), pinned);
  }

  /// @param of the certificate at fault, which may be one above the server's own
  private record Fault(Flaw kind, X509Certificate of) {}

  private static CertificateRefused refused(Fault fault, X509Certificate leaf) {
    var at = fault.of();
    var when = fault.kind() == Flaw.NOT_YET_VALID ? at.getNotBefore() : at.getNotAfter();
    return new CertificateRefused(
        fault.kind(),
        Names.shortName(at.getSubjectX500Principal()),
        Names.shortName(at.getIssuerX500Principal()),
        when.toInstant(),
        Identity.names(leaf));
  }

  private @Nullable Fault dates(X509Certificate certificate) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return new Fault(Flaw.EXPIRED, certificate);
    }
    return now.isBefore(certificate.getNotBefore().toInstant())
        ? new Fault(Flaw.NOT_YET_VALID, certificate)
        : null;
  }

  private static @Nullable Fault strength(X509Certificate certificate) {
    var weak = key(certificate);
    if (weak != null) {
      return weak;
    }
    var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return algorithm.startsWith("MD5")
            || algorithm.startsWith("MD2")
            || algorithm.startsWith("SHA1")
        ? new Fault(Flaw.WEAK_SIGNATURE, certificate)
        : null;
  }

  private static @Nullable Fault key(X509Certificate certificate) {
    var bitsMissing =
        switch (certificate.getPublicKey()) {
          case RSAKey rsa -> rsa.getModulus().bitLength() < RSA_BITS_MIN;
          case ECKey ec -> ec.getParams().getOrder().bitLength() < EC_BITS_MIN;
          default -> false;
        };
    return bitsMissing ? new Fault(Flaw.WEAK_KEY, certificate) : null;
  }

  private static @Nullable Fault usage(X509Certificate leaf) {
    try {
      var usages = leaf.getExtendedKeyUsage();
      var fits =
          usages == null || usages.contains(SERVER_AUTHENTICATION) || usages.contains(ANY_USAGE);
      return fits ? null : new Fault(Flaw.WRONG_USAGE, leaf);
    } catch (CertificateParsingException _) {
      // The extension itself is broken.
      return new Fault(Flaw.MALFORMED, leaf);
    }
  }

  /// Whether a path leads from the leaf to an anchor; otherwise what is missing.
  private @Nullable Fault path(List<X509Certificate> chain) {
    var above = chain.subList(1, chain.size());
    for (var link : above) {
      var weak = isSelfIssued(link) ? null : strength(link);
      if (weak != null) {
        return weak;
      }
    }
    return builds(chain) ? null : gap(chain);
  }

  private Fault gap(List<X509Certificate> chain) {
    var leaf = chain.getFirst();
    if (isSelfIssued(leaf)) {
      return new Fault(Flaw.SELF_SIGNED, leaf);
    }
    var spent = spent(chain);
    if (spent != null) {
      return spent;
    }
    return chain.size() == 1 && Names.hasIssuerAddress(leaf)
        ? new Fault(Flaw.INCOMPLETE_CHAIN, leaf)
        : new Fault(Flaw.UNKNOWN_ISSUER, leaf);
  }

  /// A certificate above the server's own, sent along or trusted for this relay, that would have
  /// vouched were it not out of time or too weak. The JDK looks at no anchor's dates (F-011).
  private @Nullable Fault spent(List<X509Certificate> chain) {
    var above = new ArrayList<>(chain.subList(1, chain.size()));
    above.addAll(trust.authorities());
    for (var certificate : above) {
      var issues =
          chain.stream()
              .anyMatch(link ->
                  link.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()));
      var fault = issues ? anchorFault(certificate) : null;
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /// An anchor's own signature proves nothing and may be of any kind.
  private @Nullable Fault anchorFault(X509Certificate anchor) {
    var weak = key(anchor);
    return weak != null ? weak : dates(anchor);
  }

  /// Whether a path leads from the first certificate over the others to an anchor.
  boolean builds(List<X509Certificate> chain) {
    try {
      Set<TrustAnchor> anchors = new HashSet<>(PublicAuthorities.anchors());
      trust.authorities().stream()
          .filter(authority -> authority.getBasicConstraints() >= 0)
          .filter(authority -> anchorFault(authority) == null)
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
