package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.TlsClient;
import io.postern.console.accounts.Visits;
import io.postern.console.platform.Pem;
import io.postern.console.platform.SelfSigned;
import io.postern.console.platform.ServerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's own certificate: entered, made, replaced and removed while it serves, as browsers
/// see it.
final class CertificatePageTest {
  private static final String PATH = "/system/administration/instance/certificate";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;

  /// Browsers judge certificates by the real time.
  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of(), today());
    root = Visits.setUp(console);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R561_over_tls_the_port_is_the_same_and_cookies_are_secure() throws IOException {
    var plain = console.address();
    assertThat(plain).startsWith("http://");
    var moved = root.submit(PATH, PATH + "/self-signed", Map.of("names", "localhost 127.0.0.1"));
    assertThat(moved.statusCode()).isEqualTo(200);
    assertThat(moved.body()).contains("The console is at another address now", "https://localhost");

    var first = awaitOther(null);
    var address = console.address();
    assertThat(address).isEqualTo(plain.replace("http:", "https:"));
    var visitor = new Browser(address, TlsClient.trusting(first));
    var entered = Visits.signIn(visitor, Visits.ROOT, Visits.PASSWORD);
    assertThat(entered.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.startsWith("__Host-") && cookie.contains("Secure"));
    assertThat(entered.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(visitor.get(PATH).body()).contains("itself: browsers warn", "localhost");

    var next = made(today(), "localhost");
    var replaced = visitor.submit(PATH, PATH, fields(next));
    assertThat(replaced.statusCode()).isEqualTo(303);
    assertThat(awaitOther(first)).isEqualTo(next.own());
    // Who is connected stays so; who comes anew sees the new one.
    assertThat(visitor.get(PATH).body()).contains(next.fingerprint());
    assertKeyIsSealed(next);

    console.close();
    console = RunningConsole.start(directory, Map.of(), today());
    assertThat(console.address()).startsWith("https://");
    assertThat(TlsClient.shown(console.address())).isEqualTo(next.own());

    var later = new Browser(console.address(), TlsClient.trusting(next.own()));
    Visits.signIn(later, Visits.ROOT, Visits.PASSWORD);
    assertThat(later.get(PATH + "/remove").body())
        .contains("in clear text", "cannot be brought back", "http://localhost");
    assertThat(later.get(PATH).body()).contains("href=\"" + PATH + "/remove\"");
    var removed = later.submit(PATH + "/remove", PATH + "/remove", Map.of());
    assertThat(removed.body()).contains("http://localhost");
    assertThat(removed.headers().allValues("Strict-Transport-Security"))
        .containsExactly("max-age=0");
    Eventually.until(() -> console.address().startsWith("http://") && answers());
    assertThat(TlsClient.shown(console.address())).isNull();
    var audit = Visits.signIn(console.browser(), Visits.ROOT, Visits.PASSWORD);
    assertThat(audit.statusCode()).isEqualTo(303);
  }

  @Test
  void what_browsers_would_refuse_is_refused_with_its_reason() {
    refuses(made(today(), "localhost"), made(today(), "localhost"), "does not belong");
    var old = made(today().minus(Duration.ofDays(400)), "localhost");
    refuses(old, old, "ended on");
    var early = made(today().plus(Duration.ofDays(1)), "localhost");
    refuses(early, early, "not valid before");
    assertThat(root.submit(PATH, PATH, Map.of("chain", "words", "key", "words")).body())
        .contains("BEGIN CERTIFICATE", "BEGIN PRIVATE KEY");
    assertThat(TlsClient.shown(console.address())).isNull();
  }

  @Test
  void a_certificate_for_another_name_than_the_base_url_is_refused() {
    root.submit(
        InstancePage.PATH,
        InstancePage.PATH,
        Map.of("displayName", "Postern", "baseUrl", "http://postern.example.com"));
    var wrong = made(today(), "mail.example.com");
    refuses(wrong, wrong, "the base URL is on postern.example.com");
    var right = made(today(), "postern.example.com");
    assertThat(root.submit(PATH, PATH, fields(right)).body())
        .contains("https://postern.example.com/system")
        .doesNotContain("Links in letters still lead");
  }

  @Test
  void ten_names_are_taken_for_a_self_signed_one_and_eleven_not() {
    var ten = "a.test,b.test c.test d.test e.test f.test g.test h.test 127.0.0.1 [::1]";
    for (var wrong : List.of("", " ", ten + " l.test", "no host!", "*")) {
      assertThat(root.submit(PATH, PATH + "/self-signed", Map.of("names", wrong)).statusCode())
          .as(wrong)
          .isEqualTo(422);
    }
    assertThat(root.submit(PATH, PATH + "/self-signed", Map.of("names", ten)).statusCode())
        .isEqualTo(200);
    assertThat(awaitOther(null).getSubjectX500Principal().getName()).contains("signed by itself");
  }

  @Test
  void without_a_certificate_there_is_none_to_remove() {
    for (var answer :
        List.of(root.get(PATH + "/remove"), root.submit(PATH, PATH + "/remove", Map.of()))) {
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("location")).contains(PATH);
    }
    assertThat(root.get("/system/administration/audit").body())
        .doesNotContain("The certificate was removed");
  }

  @Test
  void a_private_key_never_comes_back() {
    var one = made(today(), "localhost");
    var answer = root.submit(PATH, PATH, Map.of("chain", "words", "key", pem(one)));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).doesNotContain(pem(one).substring(30, 60));
  }

  @Test
  void R567_an_old_session_changes_no_certificate() {
    console.pass(Duration.ofMinutes(16));
    for (var path : List.of(PATH, PATH + "/self-signed", PATH + "/remove")) {
      assertThat(root.submit(PATH, path, fields(made(today(), "localhost"))).statusCode())
          .isEqualTo(403);
    }
    assertThat(TlsClient.shown(console.address())).isNull();
  }

  private boolean answers() {
    try {
      return console.browser().get("/system/login").statusCode() == 200;
    } catch (UncheckedIOException _) {
      // The port is between two languages.
      return false;
    }
  }

  /// Waits until a new connection sees another certificate.
  private X509Certificate awaitOther(@Nullable X509Certificate before) {
    Eventually.until(() -> {
      var shown = TlsClient.shown(console.address());
      return shown != null && !shown.equals(before);
    });
    return Objects.requireNonNull(TlsClient.shown(console.address()));
  }

  private void refuses(ServerIdentity chain, ServerIdentity key, String words) {
    var answer =
        root.submit(PATH, PATH, Map.of("chain", Pem.format(chain.chain()), "key", pem(key)));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains(words);
  }

  private void assertKeyIsSealed(ServerIdentity identity) throws IOException {
    var octets = new String(identity.key().getEncoded(), StandardCharsets.ISO_8859_1);
    var secret = octets.substring(octets.length() - 40);
    try (var files = Files.list(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
      }
    }
  }

  private static Map<String, String> fields(ServerIdentity identity) {
    return Map.of("chain", Pem.format(identity.chain()), "key", pem(identity));
  }

  private static String pem(ServerIdentity identity) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(identity.key().getEncoded()));
  }

  private static ServerIdentity made(Instant now, String name) {
    return SelfSigned.make(List.of(name), now, new SecureRandom());
  }

  private static Instant today() {
    return Instant.now();
  }
}
