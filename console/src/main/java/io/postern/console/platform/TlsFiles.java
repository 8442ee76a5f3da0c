package io.postern.console.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// With what the console speaks TLS itself.
///
/// @param certificate PEM, the chain without its root
/// @param key PEM, not encrypted
public record TlsFiles(Path certificate, Path key) {
  /// @return null when the console speaks HTTP
  /// @throws UnusableSettingException when only one is named, or they cannot be used
  public static @Nullable TlsFiles of(ProcessSettings settings) {
    var certificate = settings.text(Setting.TLS_CERTIFICATE);
    var key = settings.text(Setting.TLS_KEY);
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new UnusableSettingException(
          "--tls-certificate and --tls-key belong together; one is missing.");
    }
    var files = new TlsFiles(Path.of(certificate), Path.of(key));
    files.checkCertificate();
    files.checkKey();
    return files;
  }

  /// What the web server needs to know.
  public Map<String, Object> properties() {
    return Map.of(
        "server.ssl.certificate", certificate.toUri().toString(),
        "server.ssl.certificate-private-key", key.toUri().toString(),
        "server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2");
  }

  private void checkCertificate() {
    try (var in = Files.newInputStream(certificate)) {
      if (!CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        return;
      }
      throw unusable(certificate, "holds no certificate; it takes a PEM file");
    } catch (CertificateException _) {
      // Its text names classes, not what to do.
      throw unusable(certificate, "holds no certificate; it takes a PEM file");
    } catch (IOException _) {
      // The path says enough; the exception's text would repeat it.
      throw unusable(certificate, "cannot be read");
    }
  }

  private void checkKey() {
    try {
      if (!Files.readString(key, StandardCharsets.ISO_8859_1).contains("BEGIN PRIVATE KEY")) {
        throw unusable(
            key, "holds no PKCS #8 key in PEM without a passphrase; openssl pkcs8 makes one");
      }
    } catch (IOException _) {
      // As above.
      throw unusable(key, "cannot be read");
    }
  }

  private static UnusableSettingException unusable(Path file, String why) {
    return new UnusableSettingException("The TLS file %s %s.".formatted(file, why));
  }
}
