package io.postern.smtp.session;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.dns.Addresses;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way to the end of EHLO inside the protection that was asked for: one stage after the other,
/// and what they learn.
final class Approach {
  private final Relay relay;
  private final Network network;
  private final Climb climb;
  private final Connection connection;
  private List<InetAddress> addresses = List.of();
  private Extensions extensions = Extensions.NONE;
  private List<String> mechanismsBeforeTls = List.of();
  private String greeting = "";
  private String answeredBy = "";

  Approach(Relay relay, Network network, Climb climb, Connection connection) {
    this.relay = relay;
    this.network = network;
    this.climb = climb;
    this.connection = connection;
  }

  /// @return where it broke, null when the server waits for a command
  @Nullable Stop open() {
    return switch (relay.security()) {
      case NONE -> first(this::lookUp, this::connect, this::greet, this::hello);
      case TLS ->
          first(this::lookUp, this::connect, this::secure, this::judge, this::greet, this::hello);
      case STARTTLS ->
          first(
              this::lookUp,
              this::connect,
              this::greet,
              this::hello,
              this::startTls,
              this::secure,
              this::judge,
              this::helloAgain);
    };
  }

  /// The EHLO keywords in force; none before the first EHLO.
  Extensions extensions() {
    return extensions;
  }

  List<String> mechanismsBeforeTls() {
    return mechanismsBeforeTls;
  }

  /// The greeting's text, empty before it came.
  String greeting() {
    return greeting;
  }

  /// The name in the reply to EHLO, empty before it came.
  String answeredBy() {
    return answeredBy;
  }

  List<InetAddress> addresses() {
    return addresses;
  }

  private interface Rise {
    @Nullable Stop stop();
  }

  private static @Nullable Stop first(Rise... rises) {
    for (var rise : rises) {
      var stop = rise.stop();
      if (stop != null) {
        return stop;
      }
    }
    return null;
  }

  private @Nullable Stop lookUp() {
    return climb.stage(
        Stage.DNS,
        relay.patience().dns(),
        deadline -> {
          network.dialer().beforeLookUp(relay.host(), relay.port());
          var result = Addresses.lookUp(relay.host(), network.resolver(), deadline.left());
          return switch (result) {
            case Addresses.Result.Found(var found) -> {
              network.dialer().afterLookUp(found, relay.port());
              addresses = found;
              yield new End.Passed(Opening.list(found));
            }
            case Addresses.Result.Missing(var finding) -> new End.Broken(finding, null);
          };
        });
  }

  private @Nullable Stop connect() {
    var race =
        new Race(network.dialer(), network.ticks(), relay.port(), relay.patience().connect());
    return climb.stage(
        Stage.CONNECT,
        relay.patience().connect().multipliedBy(Math.max(1, addresses.size())),
        deadline -> {
          var end = race.run(addresses, deadline);
          var connected = race.socket();
          if (connected != null) {
            connection.over(connected);
          }
          return end;
        });
  }

  private @Nullable Stop greet() {
    return climb.stage(
        Stage.BANNER,
        relay.patience().greeting(),
        deadline -> connection.first(this::greeting, deadline));
  }

  private End greeting(Deadline deadline) throws IOException {
    var reply = connection.wire().greeting(deadline);
    greeting = reply.text();
    return reply.code() == 220
        ? new End.Passed(reply.lines().getFirst())
        : Climb.refused("connect", reply);
  }

  private @Nullable Stop hello() {
    return climb.stage(Stage.EHLO, relay.patience().ehlo(), this::ehlo);
  }

  /// Inside TLS everything learnt before is void.
  private @Nullable Stop helloAgain() {
    mechanismsBeforeTls = extensions.parameters("AUTH");
    extensions = Extensions.NONE;
    var patience = relay.patience().ehlo();
    return climb.stage(Stage.EHLO, patience, deadline -> connection.first(this::ehlo, deadline));
  }

  private End ehlo(Deadline deadline) throws IOException {
    var hello = new Hello(connection.wire(), relay);
    var end = hello.run(deadline);
    extensions = hello.extensions();
    answeredBy = hello.answeredBy();
    return end;
  }

  private @Nullable Stop startTls() {
    return climb.stage(
        Stage.STARTTLS,
        relay.patience().tls(),
        deadline -> {
          if (!extensions.has("STARTTLS")) {
            return new End.Broken(new Finding.NotOffered("STARTTLS"), null);
          }
          var open = connection.wire();
          var reply = Hello.ask(open, "STARTTLS", deadline);
          if (reply.code() != 220) {
            return Climb.refused("STARTTLS", reply);
          }
          return open.hasEarlyOctets()
              ? new End.Broken(new Finding.InjectedOctets(), null)
              : new End.Passed(reply.toString());
        });
  }

  /// The handshake, from the start or after STARTTLS.
  private @Nullable Stop secure() {
    return climb.stage(Stage.TLS, relay.patience().tls(), connection::secure);
  }

  private @Nullable Stop judge() {
    return climb.stage(Stage.CERTIFICATE, relay.patience().tls(), _ -> connection.judge());
  }
}
