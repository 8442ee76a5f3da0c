package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.dns.Addresses;
import io.postern.smtp.session.Climb.End;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.wire.Deadline;
import io.postern.smtp.wire.Transcript;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The only code that speaks SMTP: open, EHLO, TLS, sign in; then transactions. A check watches its
/// stages, a delivery sends a message through it. Each method runs on the calling thread and
/// returns where the session ended, or null when it can go on.
public final class Session implements AutoCloseable {
  private final Relay relay;
  private final Network network;
  private final Climb climb;
  private final Transcript transcript = new Transcript();
  private final Connection connection;
  private List<InetAddress> addresses = List.of();
  private Extensions extensions = Extensions.NONE;
  private String greeting = "";
  private boolean usable = true;
  private boolean signedIn;

  public Session(Relay relay, Network network, Watch watch) {
    this.relay = relay;
    this.network = network;
    this.climb = new Climb(network.ticks(), watch);
    this.connection = new Connection(relay, network, transcript);
  }

  /// Climbs up to the end of EHLO inside the protection that was asked for.
  public @Nullable Stop open() {
    var stop =
        switch (relay.security()) {
          case NONE -> first(this::lookUp, this::connect, this::greet, this::hello);
          case TLS ->
              first(
                  this::lookUp,
                  this::connect,
                  this::secureFromTheStart,
                  this::judge,
                  this::greet,
                  this::hello);
          case STARTTLS ->
              first(
                  this::lookUp,
                  this::connect,
                  this::greet,
                  this::hello,
                  this::startTls,
                  this::judge,
                  this::helloAgain);
        };
    usable = stop == null;
    return stop;
  }

  /// Signs in, when the relay has credentials. At most one answer of the server that judges them
  ///
  public @Nullable Stop signIn() {
    var credentials = relay.credentials();
    if (credentials == null) {
      return null;
    }
    var signIn = new SignIn(connection.wire(), extensions, relay, transcript);
    var stop =
        climb.stage(
            Stage.AUTH,
            relay.patience().auth(),
            deadline -> signIn.run(credentials, connection.chain(), deadline));
    usable = stop == null;
    signedIn = usable;
    return stop;
  }

  /// Whether the server took the credentials.
  public boolean isSignedIn() {
    return signedIn;
  }

  /// The name of the server as configured, in ASCII.
  public String host() {
    return relay.host().ascii();
  }

  /// The wall clock of this session's network.
  public Instant now() {
    return network.clock().instant();
  }

  /// The names in the server's certificate; empty without TLS.
  public List<String> certificateNames() {
    var chain = connection.chain();
    return chain == null ? List.of() : chain.names();
  }

  /// A stop by a reply that refused, although nothing broke.
  public static Stop refused(Stage stage, String command, Reply reply) {
    return new Stop(stage, new Finding.Refused(command, reply), reply);
  }

  /// A transaction over this session.
  public Transaction transaction() {
    return new Transaction(connection.wire(), extensions, climb, relay.patience());
  }

  /// Whether another transaction may begin: nothing broke, and the server has said nothing unasked
  ///
  public boolean isUsable() {
    return usable && connection.isQuiet();
  }

  void ended() {
    usable = false;
  }

  public List<Rung> rungs() {
    return climb.rungs();
  }

  public List<String> transcript() {
    return transcript.lines();
  }

  /// The greeting's text, for recognizing the server; empty before it came.
  public String greeting() {
    return greeting;
  }

  /// The EHLO keywords in force.
  public List<String> keywords() {
    return extensions.names().stream().sorted().toList();
  }

  public List<String> mechanisms() {
    return extensions.parameters("AUTH");
  }

  /// The server's certificates, once TLS is up.
  public @Nullable ChainReport chain() {
    return connection.chain();
  }

  /// The TLS version and suite, empty without TLS.
  public String tls() {
    return connection.tls();
  }

  public List<InetAddress> addresses() {
    return addresses;
  }

  /// Says QUIT and closes. A slow or lost answer changes nothing.
  @Override
  public void close() {
    if (usable) {
      connection.quit();
    }
    connection.close();
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
        _ -> {
          var result = Addresses.lookUp(relay.host(), network.resolver(), relay.patience().dns());
          return switch (result) {
            case Addresses.Result.Found(var found) -> {
              addresses = found;
              yield new End.Passed(Opening.list(found));
            }
            case Addresses.Result.Missing(var finding) -> new End.Broken(finding, null);
          };
        });
  }

  private @Nullable Stop connect() {
    var opening = new Opening(network.dialer(), network.ticks());
    return climb.stage(
        Stage.CONNECT,
        relay.patience().connect().multipliedBy(Math.max(1, addresses.size())),
        deadline -> {
          var end = opening.connect(addresses, relay.port(), relay.patience().connect(), deadline);
          var connected = opening.socket();
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
        deadline -> {
          var reply = connection.wire().read(deadline);
          greeting = reply.text();
          return reply.code() == 220
              ? new End.Passed(reply.lines().getFirst())
              : Climb.refused("connect", reply);
        });
  }

  private @Nullable Stop hello() {
    return climb.stage(Stage.EHLO, relay.patience().ehlo(), this::ehlo);
  }

  /// Inside TLS everything learnt before is void.
  private @Nullable Stop helloAgain() {
    extensions = Extensions.NONE;
    return climb.stage(Stage.EHLO, relay.patience().ehlo(), this::ehlo);
  }

  private End ehlo(Deadline deadline) throws IOException {
    var hello = new Hello(connection.wire(), relay);
    var end = hello.run(deadline);
    extensions = hello.extensions();
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
              : connection.secure(deadline);
        });
  }

  private @Nullable Stop secureFromTheStart() {
    return climb.stage(Stage.TLS, relay.patience().tls(), connection::secure);
  }

  private @Nullable Stop judge() {
    return climb.stage(Stage.CERTIFICATE, relay.patience().tls(), _ -> connection.judge());
  }
}
