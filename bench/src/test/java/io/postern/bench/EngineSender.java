package io.postern.bench;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.session.Credentials;
import io.postern.smtp.session.Envelope;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Outcome;
import io.postern.smtp.session.Patience;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.Submission;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Postern's engine without its outbox.
final class EngineSender {
  private static final Network NETWORK =
      new Network(
          DnsJavaResolver.ofSystem(System::nanoTime),
          new SystemDialer(),
          Clock.systemUTC(),
          System::nanoTime,
          new SecureRandom());
  private static final Envelope ENVELOPE =
      new Envelope(
          Mailbox.parse("console@bench.test"), Mailbox.parse("someone@bench.test"), "bench");

  private final Relay relay;
  private final byte[] content = Message.stored();

  /// @param port of a sink without TLS
  EngineSender(int port) {
    this(port, Security.NONE, null);
  }

  /// Signs in to a server with a certificate that nobody trusts.
  static EngineSender signingIn(int port, Security security) {
    return new EngineSender(
        port, security, new Credentials.Password("console", Secret.of("open-sesame")));
  }

  private EngineSender(int port, Security security, @Nullable Credentials credentials) {
    this.relay =
        new Relay(
            HostName.parse("127.0.0.1"),
            port,
            security,
            new Trust(List.of(), true),
            credentials,
            EhloName.parse("console.bench.test"),
            Patience.ofDelivery());
  }

  Work send(int sessions, int messages) throws InterruptedException {
    return Senders.run(Thread.ofPlatform().factory(), sessions, messages, this::session);
  }

  private void session(int messages) {
    try (var submission = open()) {
      for (var n = 0; n < messages; n++) {
        var outcome = submission.send(ENVELOPE, content, () -> {});
        if (!(outcome instanceof Outcome.Accepted)) {
          throw new IllegalStateException("not accepted: " + outcome);
        }
      }
    }
  }

  private Submission open() {
    return switch (Submission.open(relay, NETWORK, Watch.NOBODY)) {
      case Submission.Opening.Ready(var submission, _) -> submission;
      case Submission.Opening.Failed(var failure, _, _) ->
          throw new IllegalStateException("no session: " + failure);
    };
  }
}
