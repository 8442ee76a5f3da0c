package io.postern.smtp.conversation;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.fixtures.Macros;
import io.postern.smtp.session.AccessTokens;
import io.postern.smtp.session.Credentials;
import io.postern.smtp.session.Envelope;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Patience;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.RenewedTokens;
import io.postern.smtp.session.Submission;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Plays the client of a conversation: a check, or with `@deliver` a delivery.
final class Play {
  private static final String PATIENCE_MILLIS = "60000";

  private final Conversation script;
  private final Authority authority;
  private final InstantSource clock;
  private final int port;
  private final Macros macros;

  Play(Conversation script, Authority authority, InstantSource clock, int port) {
    this.script = script;
    this.authority = authority;
    this.clock = clock;
    this.port = port;
    this.macros = new Macros(port);
  }

  /// What it came to.
  ///
  /// @param verdicts one line for a check or a failed opening, else one per message
  /// @param told everything that an operator or a log could get to see
  record Result(List<String> verdicts, String told) {}

  Result run() {
    return script.letters().isEmpty() ? check() : deliver();
  }

  /// The secret of this conversation, empty when there is none.
  String secret() {
    return macros.expand(script.setting("password", script.setting("token", "")));
  }

  private Result check() {
    var verdict = new Check(network()).run(draft(), Watch.NOBODY);
    return new Result(List.of(Words.of(verdict)), verdict.toString());
  }

  private Result deliver() {
    return switch (Submission.open(relay(), network(), Watch.NOBODY)) {
      case Submission.Opening.Failed failed ->
          new Result(List.of("closed " + Words.of(failed.failure())), failed.toString());
      case Submission.Opening.Ready(var submission, _) -> {
        try (submission) {
          yield send(submission);
        }
      }
    };
  }

  private Result send(Submission submission) {
    var verdicts = new ArrayList<String>();
    var told = new StringBuilder();
    for (var letter : script.letters()) {
      if (!submission.isUsable()) {
        verdicts.add("not sent over this connection");
        continue;
      }
      var envelope =
          new Envelope(
              Mailbox.parse(letter.get(0)),
              Mailbox.parse(letter.get(1)),
              letter.size() > 2 ? letter.get(2) : "");
      var outcome = submission.send(envelope, content(), () -> {});
      verdicts.add(Words.of(outcome));
      told.append(outcome);
    }
    return new Result(verdicts, told.append(submission.transcript()).toString());
  }

  private byte[] content() {
    var lines =
        script.content().isEmpty()
            ? List.of(
                "From: <jo@client.test>",
                "To: <ann@mx.test>",
                "Date: Wed, 25 Nov 2026 12:00:00 +0000",
                "Subject: Hello",
                "",
                "Hello")
            : script.content();
    return macros.expand(String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private Network network() {
    return new Network(new EveryName(), new SystemDialer(), clock, System::nanoTime, new Random(7));
  }

  private Draft draft() {
    return new Draft(
        host(),
        Integer.valueOf(script.setting("port", String.valueOf(port))),
        security(),
        script.setting("user", ""),
        Secret.of(macros.expand(script.setting("password", ""))),
        mechanism(),
        script.setting("from", ""),
        script.setting("to", ""),
        script.setting("ehlo", "client.test"),
        trust(),
        depth(),
        "",
        patience());
  }

  private Relay relay() {
    return new Relay(
        HostName.parse(host()),
        port,
        security(),
        trust(),
        credentials(),
        EhloName.parse(script.setting("ehlo", "client.test")),
        Patience.ofDelivery().within(patience()),
        script.setting("groups", "yes").equals("yes"));
  }

  private String host() {
    return script.setting("host", "mx.test");
  }

  private Security security() {
    return Security.valueOf(script.setting("security", "none").toUpperCase(Locale.ROOT));
  }

  private Duration patience() {
    return Duration.ofMillis(Long.parseLong(script.setting("patience", PATIENCE_MILLIS)));
  }

  private @Nullable Depth depth() {
    var depth = script.setting("depth", "");
    return depth.isEmpty() ? null : Depth.valueOf(depth.toUpperCase(Locale.ROOT));
  }

  private Trust trust() {
    return switch (script.setting("trust", "authority")) {
      case "authority" -> new Trust(List.of(authority.certificate()), false);
      case "skip" -> new Trust(List.of(), true);
      case "public" -> Trust.publicAuthorities();
      case String other -> throw new IllegalArgumentException("no such trust: " + other);
    };
  }

  private @Nullable Credentials credentials() {
    var user = script.setting("user", "");
    var token = macros.expand(script.setting("token", ""));
    if (!token.isEmpty()) {
      return new Credentials.BearerToken(user, tokens(token));
    }
    if (script.settings().containsKey("external")) {
      return new Credentials.External(user);
    }
    return user.isEmpty()
        ? null
        : new Credentials.Password(
            user, Secret.of(macros.expand(script.setting("password", ""))), mechanism());
  }

  /// With `renewed` it is followed by another one, and then the endpoint has no more.
  private AccessTokens tokens(String first) {
    var renewed = script.setting("renewed", "");
    if (renewed.isEmpty()) {
      return AccessTokens.fixed(Secret.of(first));
    }
    var waiting = new ArrayDeque<>(List.of(first, renewed));
    return new RenewedTokens(
        () -> {
          if (waiting.isEmpty()) {
            throw new IOException("no more");
          }
          return new RenewedTokens.Token(
              Secret.of(waiting.remove()), clock.instant().plus(Duration.ofHours(1)));
        },
        clock);
  }

  private @Nullable PasswordMechanism mechanism() {
    return PasswordMechanism.ofWord(script.setting("mechanism", ""));
  }
}
