package io.postern.console.platform;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Certificates as text.
public final class Pem {
  /// More is no trust store for one relay.
  public static final int CHARACTERS_MAX = 65_536;

  private static final int LINE = 64;
  private static final String KEY_END = "PRIVATE KEY-----";
  private static final Pattern KEY =
      Pattern.compile(
          "(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\\z)");
  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----");

  private Pem() {}

  /// @return the certificates, or null when the text holds anything else
  public static @Nullable List<X509Certificate> parse(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return text.length() > CHARACTERS_MAX
        ? null
        : ofOctets(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Reads a file of certificates, as text or in binary form (DER).
  ///
  /// @return null when it holds none, or anything else beside them
  public static @Nullable List<X509Certificate> ofOctets(byte[] octets) {
    try {
      var input = new ByteArrayInputStream(octets);
      var certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
              .map(X509Certificate.class::cast)
              .toList();
      return certificates.isEmpty() ? null : certificates;
    } catch (CertificateException _) {
      // The parser's text speaks of DER tags; the caller says what is expected.
      return null;
    }
  }

  /// Why a text that [#parse] refused cannot be taken, for whoever pasted or uploaded it.
  public static String whyNot(String text) {
    return text.length() > CHARACTERS_MAX && !hasKey(text)
        ? "These are %,d certificates in %,d characters; at most %,d characters are taken. The authority that signed the server's certificate is enough, or the server's own certificate."
            .formatted(count(text), text.length(), CHARACTERS_MAX)
        : damage(text);
  }

  /// The same for a text of any length.
  public static String damage(String text) {
    if (hasKey(text)) {
      return "This holds a private key. Never upload it or hand it out. What belongs here is the certificate alone; it begins with -----BEGIN CERTIFICATE-----.";
    }
    if (text.contains("CERTIFICATE REQUEST-----")) {
      return "This is a request for a certificate. What belongs here is the certificate that the authority made of it; it begins with -----BEGIN CERTIFICATE-----.";
    }
    var count = count(text);
    for (var number = 1; number <= count; number++) {
      var from = nth(text, number);
      var block = text.substring(from, number == count ? text.length() : nth(text, number + 1));
      if (ofOctets(block.getBytes(StandardCharsets.US_ASCII)) == null) {
        return "Certificate %d of %d cannot be read: its text is damaged or not whole. Copy it again, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----."
            .formatted(number, count);
      }
    }
    return "This is no certificate in PEM form; it begins with -----BEGIN CERTIFICATE-----.";
  }

  /// The text without the private keys in it, which must not go back into a page.
  public static String withoutKeys(String text) {
    return hasKey(text) ? KEY.matcher(text).replaceAll("").strip() : text;
  }

  private static boolean hasKey(String text) {
    return text.contains(KEY_END);
  }

  private static int count(String text) {
    return (int) BEGIN.matcher(text).results().count();
  }

  /// Where the certificate of this number begins, counted from 1.
  private static int nth(String text, int number) {
    return BEGIN.matcher(text).results().skip(number - 1L).findFirst().orElseThrow().start();
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
