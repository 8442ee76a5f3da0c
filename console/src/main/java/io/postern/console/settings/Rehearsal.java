package io.postern.console.settings;

import io.postern.console.platform.SelfSigned;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/// One check of a relay of our own on loopback, with a certificate made for it. The first check of
/// a process loads the engine, the authorities and the runtime's TLS, which takes longer than the
/// check; after a rehearsal that is done when somebody presses *Validate configuration*.
public final class Rehearsal implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String HOST = "127.0.0.1";

  private final Check check;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param check what is rehearsed; it opens one connection, to loopback
  public Rehearsal(Check check, InstantSource clock, RandomGenerator random) {
    this.check = check;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      play();
    } catch (IOException | GeneralSecurityException _) {
      // Then the first validation takes longer.
    }
  }

  Verdict play() throws IOException, GeneralSecurityException {
    var identity = SelfSigned.make(List.of(HOST), clock.instant(), random);
    try (var relay = new RehearsalRelay(identity, PATIENCE)) {
      return check.run(draft(relay.port(), new Trust(identity.chain(), false)), Watch.NOBODY);
    }
  }

  private static Draft draft(int port, Trust trust) {
    return new Draft(
        HOST,
        port,
        Security.STARTTLS,
        "rehearsal",
        Secret.of("rehearsal"),
        null,
        "",
        "",
        "rehearsal.invalid",
        trust,
        Depth.LOGIN,
        "",
        PATIENCE);
  }
}
