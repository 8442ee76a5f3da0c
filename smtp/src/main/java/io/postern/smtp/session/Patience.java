package io.postern.smtp.session;

import java.time.Duration;

/// How long each stage may take (R-140; RFC 5321 section 4.5.3.2).
public record Patience(
    Duration dns,
    Duration connect,
    Duration greeting,
    Duration ehlo,
    Duration tls,
    Duration auth,
    Duration envelope,
    Duration dataInitiation,
    Duration dataBlock,
    Duration dataTermination,
    Duration quit) {

  /// The deadlines of a delivery: those of RFC 5321, ten minutes for the final dot.
  public static Patience ofDelivery() {
    return new Patience(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(300),
        Duration.ofSeconds(300),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(300),
        Duration.ofSeconds(120),
        Duration.ofSeconds(180),
        Duration.ofSeconds(600),
        Duration.ofSeconds(5));
  }

  /// The deadlines of a check, for an operator who is watching.
  public static Patience ofCheck() {
    return new Patience(
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5));
  }
}
