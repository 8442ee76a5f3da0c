package io.postern.smtp.session;

import java.time.Duration;

/// How long each stage may take (R-140; RFC 5321 section 4.5.3.2).
///
/// @param dns for all questions together
/// @param connect for each address
/// @param greeting until the 220
/// @param ehlo for each EHLO, and HELO
/// @param tls for the reply to STARTTLS, and for the handshake
/// @param auth for a whole sign-in
/// @param envelope for MAIL and RCPT, each
/// @param dataInitiation until the 354
/// @param dataBlock for each block of a message to be taken
/// @param dataTermination for the reply to the final dot; shorter ones make duplicates (RFC 1047)
/// @param reset for RSET
/// @param quit for QUIT, whose answer changes nothing
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
    Duration reset,
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
        Duration.ofSeconds(20),
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
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  /// The same, with no stage longer than a budget for the whole.
  public Patience within(Duration budget) {
    return new Patience(
        shorter(dns, budget),
        shorter(connect, budget),
        shorter(greeting, budget),
        shorter(ehlo, budget),
        shorter(tls, budget),
        shorter(auth, budget),
        shorter(envelope, budget),
        shorter(dataInitiation, budget),
        shorter(dataBlock, budget),
        shorter(dataTermination, budget),
        shorter(reset, budget),
        quit);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
