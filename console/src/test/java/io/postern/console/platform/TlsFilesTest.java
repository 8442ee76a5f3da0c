package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  void R561_browsers_reach_it_over_tls_alone_with_secure_cookies() throws Exception {
    var data = Files.createDirectory(directory.resolve("data"));
    try (var console = RunningConsole.start(data, settings(certificate, key))) {
      assertThat(console.address()).startsWith("https://localhost:");
      assertThat(console.greeting()).contains("https://localhost:");
      var page =
          TlsClient.trusting(store.getCertificate("postern"))
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

  /// ASVS 12.1.2. The certificate has an elliptic key, so that suites with RSA are not to be seen.
  @Test
  void only_authenticated_encryption_with_keys_that_are_thrown_away_is_agreed_to()
      throws Exception {
    var data = Files.createDirectory(directory.resolve("data"));
    try (var console = RunningConsole.start(data, settings(certificate, key))) {
      assertThat(TlsClient.suites(console.address()))
          .containsExactlyInAnyOrder(
              "TLS_AES_256_GCM_SHA384",
              "TLS_CHACHA20_POLY1305_SHA256",
              "TLS_AES_128_GCM_SHA256",
              "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
              "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }
  }

  @Test
  void files_that_are_replaced_count_without_a_restart() throws Exception {
    var data = Files.createDirectory(directory.resolve("data"));
    try (var console = RunningConsole.start(data, settings(certificate, key))) {
      assertThat(TlsClient.shown(console.address())).isEqualTo(store.getCertificate("postern"));
      var next = SelfSigned.make(List.of("localhost"), console.now(), new SecureRandom());
      pem("key.pem", "PRIVATE KEY", next.key().getEncoded());
      pem("certificate.pem", "CERTIFICATE", next.own().getEncoded());
      Eventually.until(() -> next.own().equals(TlsClient.shown(console.address())));
    }
  }

  @Test
  void R544_a_second_port_leads_browsers_to_the_configured_address_and_refuses_programs()
      throws Exception {
    var data = Files.createDirectory(directory.resolve("data"));
    var port = freePort();
    var environment = new HashMap<>(settings(certificate, key));
    environment.put("POSTERN_HTTP_PORT", String.valueOf(port));
    environment.put("POSTERN_BASE_URL", "https://postern.example.com");
    try (var _ = RunningConsole.start(data, environment)) {
      var plain = new Browser("http://localhost:" + port);
      var led = plain.get("/system/login", "X-Forwarded-Host", "evil.test");
      assertThat(led.statusCode()).isEqualTo(301);
      assertThat(led.headers().firstValue("Location"))
          .hasValue("https://postern.example.com/system/login");
      for (var path : List.of("/v1/tenants", "/actuator/health", "/a.b", "/system/%0d%0aX:y")) {
        var refused = plain.get(path);
        assertThat(refused.statusCode()).as(path).isIn(400, 403);
        assertThat(refused.headers().firstValue("Location")).isEmpty();
      }
      var posted = plain.post("/system/login", Map.of("email", "root@example.com"));
      assertThat(posted.statusCode()).isEqualTo(403);
      assertThat(posted.body()).isEqualTo("Speak HTTPS: https://postern.example.com\n");
    }
  }

  @Test
  void what_cannot_be_used_stops_the_start_with_a_sentence() throws IOException {
    refuses(Map.of("POSTERN_TLS_KEY", key.toString()), "belong together");
    refuses(settings(directory.resolve("none.pem"), key), "none.pem cannot be read");
    refuses(settings(key, key), "key.pem holds no certificate");
    refuses(settings(certificate, certificate), "certificate.pem holds no PKCS #8 key");
    refuses(settings(certificate, directory.resolve("none.pem")), "none.pem cannot be read");
    var other = SelfSigned.make(List.of("localhost"), Instant.EPOCH, new SecureRandom());
    var strange = pem("other.pem", "PRIVATE KEY", other.key().getEncoded());
    refuses(settings(certificate, strange), "does not belong to the first certificate");
    var empty = Files.writeString(directory.resolve("empty.pem"), "");
    refuses(settings(empty, key), "empty.pem holds no certificate");
  }

  private static void refuses(Map<String, String> environment, String words) {
    var settings = ProcessSettings.resolve(Map.of(), environment);
    assertThatThrownBy(() -> Objects.requireNonNull(TlsFiles.of(settings)).read())
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            unusable -> assertThat(unusable.sentence()).contains(words));
  }

  private static Map<String, String> settings(Path certificate, Path key) {
    return Map.of(
        "POSTERN_TLS_CERTIFICATE", certificate.toString(), "POSTERN_TLS_KEY", key.toString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
}
