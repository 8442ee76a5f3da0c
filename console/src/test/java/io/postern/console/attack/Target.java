package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.api.ApiClient;
import io.postern.console.api.Root;
import io.postern.console.platform.SelfSigned;
import io.postern.console.platform.ServerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The running console as attackers find it, with its administrator signed in.
final class Target implements AutoCloseable {
  static final String CONFIGURATION = "/v1/system/config/smtp";
  static final String CHECKS = CONFIGURATION + "/checks";
  static final String MAILS = "/v1/mails";

  /// What an operator may try ten times a minute.
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(7);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RunningConsole console;
  private final AtomicInteger keys = new AtomicInteger();
  private ApiClient root;

  private Target(RunningConsole console) {
    this.console = console;
    this.root = Root.client(console);
  }

  static Target in(Path directory) {
    try {
      return new Target(Root.console(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningConsole console() {
    return console;
  }

  ApiClient root() {
    return root;
  }

  /// Anew, with a fresh factor.
  void signIn() {
    console.pass(Duration.ofMinutes(2));
    root = Root.client(console);
  }

  /// The administrator's browser, signed in.
  Browser browser() {
    var browser = console.browser();
    assertThat(Visits.signIn(browser, Root.EMAIL, Root.PASSWORD).statusCode()).isEqualTo(303);
    return browser;
  }

  /// `PUT …/validate`: 204, or 422 with the verdict.
  ApiClient.Answer validate(String body) {
    console.pass(BETWEEN_CHECKS);
    return root.put(CONFIGURATION + "/validate", body);
  }

  /// The same, where something must be wrong.
  ApiClient.Answer refused(String body) {
    var answer = validate(body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    return answer;
  }

  void save(String body) {
    var saved = root.put(CONFIGURATION, body);
    assertThat(saved.status()).as(saved.body()).isEqualTo(204);
  }

  /// Mail goes to this relay from now on, without TLS and without a password.
  void relayTo(Villain relay) {
    save(
        """
        {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none",\
        "fromEmailId":"noreply@example.com"}\
        """
            .formatted(relay.port()));
  }

  /// A mail of the API.
  ///
  /// @param fields such as `"to":"…","subject":"…"`
  ApiClient.Answer send(String fields) {
    var key = "attack-" + keys.incrementAndGet();
    return root.with("Idempotency-Key", key).post(MAILS, "{" + fields + "}");
  }

  /// What became of a mail, as soon as it was tried.
  ApiClient.Answer tried(String uid) {
    var path = MAILS + "/" + uid;
    Eventually.until(() -> root.get(path).json().at("/attempts/0/outcome").isString());
    return root.get(path);
  }

  /// A certificate that nobody trusts, for the address that all relays of tests have, in force now.
  ServerIdentity unknown() {
    return certificate("127.0.0.1", console.now());
  }

  static ServerIdentity certificate(String name, Instant made) {
    return SelfSigned.make(List.of(name), made, RANDOM);
  }

  /// A configuration with a password, complete, for a relay on loopback.
  static String body(int port, String security) {
    return """
    {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"%s","userName":"postern",\
    "password":"right","fromEmailId":"noreply@example.com","testRecipient":"ada@example.com",\
    "insecureSkipVerifyTls":false,"depth":"message"}\
    """
        .formatted(port, security);
  }

  /// The same with a member in place of the one of that name, or as well.
  ///
  /// @param value as JSON; empty takes it out
  static String with(String body, String name, String value) {
    var bare = body.replaceAll("\"%s\":(\"[^\"]*\"|[a-z0-9]+),".formatted(name), "");
    return value.isEmpty() ? bare : bare.replaceAll("}$", "") + ",\"" + name + "\":" + value + "}";
  }

  @Override
  public void close() {
    console.close();
  }
}
