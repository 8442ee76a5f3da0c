package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console speaks TLS itself when it is given a certificate, and never something else instead.
final class TlsFilesTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path directory;
  private Path certificate;
  private Path key;
  private KeyStore store;

  @BeforeEach
  void make() throws Exception {
    store = store(directory.resolve("store.p12"));
    certificate =
        pem("certificate.pem", "CERTIFICATE", store.getCertificate("postern").getEncoded());
    key =
        pem(
            "key.pem",
            "PRIVATE KEY",
            Objects.requireNonNull(store.getKey("postern", PASSWORD.toCharArray())).getEncoded());
  }

  @Test
  void browsers_reach_it_over_tls_alone_with_secure_cookies() throws Exception {
    var data = Files.createDirectory(directory.resolve("data"));
    try (var console = RunningConsole.start(data, settings(certificate, key))) {
      assertThat(console.address()).startsWith("https://localhost:");
      assertThat(console.greeting()).contains("https://localhost:");
      var page =
          HttpClient.newBuilder()
              .sslContext(trusting(store.getCertificate("postern")))
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(console.address() + "/system/login")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(page.headers().allValues("Set-Cookie"))
          .isNotEmpty()
          .allMatch(cookie -> cookie.contains("Secure"));
    }
  }

  @Test
  void what_cannot_be_used_stops_the_start_with_a_sentence() throws IOException {
    refuses(Map.of("POSTERN_TLS_KEY", key.toString()), "belong together");
    refuses(settings(directory.resolve("none.pem"), key), "none.pem cannot be read");
    refuses(settings(key, key), "key.pem holds no certificate");
    refuses(settings(certificate, certificate), "certificate.pem holds no PKCS #8 key");
    refuses(settings(certificate, directory.resolve("none.pem")), "none.pem cannot be read");
    var empty = Files.writeString(directory.resolve("empty.pem"), "");
    refuses(settings(empty, key), "empty.pem holds no certificate");
  }

  private static void refuses(Map<String, String> environment, String words) {
    var settings = ProcessSettings.resolve(Map.of(), environment);
    assertThatThrownBy(() -> TlsFiles.of(settings))
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            unusable -> assertThat(unusable.sentence()).contains(words));
  }

  private static Map<String, String> settings(Path certificate, Path key) {
    return Map.of(
        "POSTERN_TLS_CERTIFICATE", certificate.toString(), "POSTERN_TLS_KEY", key.toString());
  }

  private Path pem(String name, String what, byte[] octets) throws IOException {
    var text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(octets), what);
    return Files.writeString(directory.resolve(name), text);
  }

  /// The JDK makes a certificate only by its own tool.
  private static KeyStore store(Path file) throws Exception {
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "postern",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    var said =
        new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private static SSLContext trusting(Certificate certificate) throws Exception {
    var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    anchors.setCertificateEntry("postern", certificate);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
