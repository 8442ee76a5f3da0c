package io.postern.console.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What the newest entry of the audit log was at a moment, signed: whoever can write to the
/// database but has no key cannot make the log anew, or cut it before here, without being found
/// out.
///
/// @param sequence the entry
/// @param hash the entry's, which holds all before it
/// @param previous the sequence of the checkpoint before, 0 for the first
/// @param keyId which key signed
/// @param signature Ed25519 (RFC 8032), in hexadecimal
public record Checkpoint(
    long sequence, String hash, Instant at, long previous, String keyId, String signature) {
  /// What is signed: five lines of ASCII, each with its line end, so that other programs can check
  /// it too.
  byte[] signed() {
    return "postern audit checkpoint 1\n%d\n%s\n%d\n%d\n"
        .formatted(sequence, hash, at.toEpochMilli(), previous)
        .getBytes(StandardCharsets.US_ASCII);
  }

  Checkpoint signedBy(CheckpointKey key) {
    return new Checkpoint(sequence, hash, at, previous, key.open().id(), key.sign(signed()));
  }
}
