package io.postern.console.platform;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Certificates as text.
public final class Pem {
  /// More is no trust store for one relay.
  public static final int CHARACTERS_MAX = 65_536;

  private static final int LINE = 64;

  private Pem() {}

  /// @return the certificates, or null when the text holds anything else
  public static @Nullable List<X509Certificate> parse(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    try {
      var input = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
      var certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
              .map(X509Certificate.class::cast)
              .toList();
      return certificates.isEmpty() || text.length() > CHARACTERS_MAX ? null : certificates;
    } catch (CertificateException _) {
      // The parser's text speaks of DER tags; the caller says what is expected.
      return null;
    }
  }

  public static String format(List<X509Certificate> certificates) {
    var text = new StringBuilder();
    for (var certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n");
      text.append(
          Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded(certificate)));
      text.append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that was parsed cannot be encoded", e);
    }
  }
}
