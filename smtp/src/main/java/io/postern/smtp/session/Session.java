package io.postern.smtp.session;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.wire.Transcript;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The only code that speaks SMTP: open, EHLO, TLS, sign in; then transactions. A check watches its
/// stages, a delivery sends a message through it. Each method runs on the calling thread and
/// returns where the session ended, or null when it can go on.
public final class Session implements AutoCloseable {
  private static final Duration UNLIMITED = Duration.ofDays(1_000);

  private final Relay relay;
  private final Network network;
  private final Climb climb;
  private final Transcript transcript = new Transcript();
  private final Connection connection;
  private final Approach approach;
  private boolean usable = true;
  private boolean signedIn;
  private int transactions;
  private boolean left;

  /// A session without a limit but the deadlines of its stages.
  public Session(Relay relay, Network network, Watch watch) {
    this(relay, network, watch, UNLIMITED);
  }

  /// @param budget for all stages together; when it is used up, the stage at hand ends
  public Session(Relay relay, Network network, Watch watch, Duration budget) {
    this.relay = relay;
    this.network = network;
    this.climb = new Climb(network.ticks(), watch, budget);
    this.connection = new Connection(relay, network, transcript);
    this.approach = new Approach(relay, network, climb, connection);
  }

  /// Climbs up to the end of EHLO inside the protection that was asked for.
  public @Nullable Stop open() {
    var stop = approach.open();
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
    var signIn =
        new SignIn(connection.wire(), approach.extensions(), relay, transcript, network.random());
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
    transactions++;
    return new Transaction(
        connection.wire(), approach.extensions(), climb, relay.patience(), groups());
  }

  /// Whether commands go out in groups.
  boolean groups() {
    return relay.groups() && approach.extensions().has("PIPELINING");
  }

  /// Whether the server has said something that nobody asked for, and that is no goodbye.
  boolean spokeOutOfTurn() {
    return connection.spokeOutOfTurn();
  }

  /// Whether another transaction may begin: nothing broke, the server has said nothing unasked
  /// and it takes more than those that were.
  public boolean isUsable() {
    return usable && mayGoOn() && connection.isQuiet();
  }

  /// A limit that came in clear text binds nobody: anyone could have written it.
  private boolean mayGoOn() {
    var limit = connection.chain() == null ? 0 : approach.extensions().limit("MAILMAX");
    return limit == 0 || transactions < limit;
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
    return approach.greeting();
  }

  /// The name that the server gave itself in the reply to EHLO, empty before it came.
  public String answeredBy() {
    return approach.answeredBy();
  }

  /// The EHLO keywords in force.
  public List<String> keywords() {
    return approach.extensions().names().stream().sorted().toList();
  }

  public List<String> mechanisms() {
    return approach.extensions().parameters("AUTH");
  }

  /// What the server offered before TLS for signing in; empty where nothing was said before it.
  public List<String> mechanismsBeforeTls() {
    return approach.mechanismsBeforeTls();
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
    return approach.addresses();
  }

  /// The address that the session is connected to, absent before.
  public @Nullable InetAddress peer() {
    return connection.peer();
  }

  /// This machine's own address in the connection, absent before.
  public @Nullable InetAddress local() {
    return connection.local();
  }

  /// Ends the wait of a stage whose cause a probe has found; nothing happens when another stage
  /// runs. The one method that another thread may call.
  public void giveUp(Stage stage) {
    climb.giveUp(stage, connection::cut);
  }

  /// Says QUIT and returns; its answer is awaited beside, and the connection closed then. For
  /// whoever has seen enough, and a round trip more would be felt.
  public void leave() {
    left = true;
    if (climb.expectsCommand() && connection.quit()) {
      Thread.ofVirtual()
          .name("quit-" + relay.host().ascii())
          .start(() -> {
            connection.farewell();
            connection.close();
          });
    } else {
      connection.close();
    }
  }

  /// Says QUIT and closes. A slow or lost answer changes nothing.
  @Override
  public void close() {
    if (left) {
      return;
    }
    if (climb.expectsCommand() && connection.quit()) {
      connection.farewell();
    }
    connection.close();
  }
}
