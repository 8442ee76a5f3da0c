package io.postern.smtp.tls;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The addresses that a certificate names. The peer chose them: whoever goes there goes through the
/// strictest gate.
public final class CertificateAddresses {
  /// RFC 5280 section 4.2.2.1.
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  /// RFC 5280 section 4.2.1.13.
  private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";

  private static final byte[] OCSP = {0x2b, 6, 1, 5, 5, 7, 0x30, 1};
  private static final byte[] ISSUERS = {0x2b, 6, 1, 5, 5, 7, 0x30, 2};

  private CertificateAddresses() {}

  /// Where the issuer's certificate is, null when the certificate does not say.
  public static @Nullable URI ofIssuer(X509Certificate certificate) {
    return access(certificate, ISSUERS);
  }

  /// Who answers whether it was revoked (RFC 6960), null when the certificate does not say.
  public static @Nullable URI ofOcsp(X509Certificate certificate) {
    return access(certificate, OCSP);
  }

  /// Where the list of revoked certificates is, null when the certificate does not say.
  public static @Nullable URI ofCrl(X509Certificate certificate) {
    return first(
        DerElement.all(extension(certificate, CRL_DISTRIBUTION_POINTS), DerElement.URI).stream());
  }

  private static @Nullable URI access(X509Certificate certificate, byte[] method) {
    return first(
        extension(certificate, AUTHORITY_INFORMATION_ACCESS).stream()
            .flatMap(list -> list.inside().stream())
            .map(DerElement::inside)
            .filter(pair -> pair.size() == 2 && Arrays.equals(pair.getFirst().content(), method))
            .map(List::getLast)
            .filter(name -> name.tag() == DerElement.URI));
  }

  private static @Nullable URI first(Stream<DerElement> names) {
    return names
        .map(name -> new String(name.content(), StandardCharsets.US_ASCII))
        .filter(text -> text.regionMatches(true, 0, "http://", 0, 7))
        .findFirst()
        .map(CertificateAddresses::parsed)
        .orElse(null);
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      // As good as none.
      return null;
    }
  }

  /// The extension's content, unwrapped from its octet string.
  private static List<DerElement> extension(X509Certificate certificate, String id) {
    var octets = certificate.getExtensionValue(id);
    if (octets == null) {
      return List.of();
    }
    var wrapped = DerElement.read(octets);
    return wrapped.isEmpty() ? List.of() : DerElement.read(wrapped.getFirst().content());
  }
}
