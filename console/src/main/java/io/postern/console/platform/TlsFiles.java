package io.postern.console.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files that a setting names for the console's own TLS.
///
/// @param certificate PEM, the chain without its root
/// @param key PEM, not encrypted
record TlsFiles(Path certificate, Path key) {
  /// @return null when none are named
  /// @throws UnusableSettingException when only one is named
  static @Nullable TlsFiles of(ProcessSettings settings) {
    var certificate = settings.text(Setting.TLS_CERTIFICATE);
    var key = settings.text(Setting.TLS_KEY);
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new UnusableSettingException(
          "--tls-certificate and --tls-key belong together; one is missing.");
    }
    return new TlsFiles(Path.of(certificate), Path.of(key));
  }

  /// @throws UnusableSettingException when they cannot be used
  ServerIdentity read() {
    var chain = Pem.parse(text(certificate));
    if (chain == null || chain.isEmpty()) {
      throw unusable(certificate, "holds no certificate; it takes a PEM file");
    }
    var secret = ServerIdentity.key(text(key));
    if (secret == null) {
      throw unusable(
          key, "holds no PKCS #8 key in PEM without a passphrase; openssl pkcs8 makes one");
    }
    var identity = new ServerIdentity(chain, secret);
    var flaw = identity.flaw();
    if (flaw != null) {
      throw new UnusableSettingException(
          "The TLS files %s and %s cannot be used. %s".formatted(certificate, key, flaw));
    }
    return identity;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      // The path says enough; the exception's text would repeat it.
      throw unusable(file, "cannot be read");
    }
  }

  private static UnusableSettingException unusable(Path file, String why) {
    return new UnusableSettingException("The TLS file %s %s.".formatted(file, why));
  }
}
