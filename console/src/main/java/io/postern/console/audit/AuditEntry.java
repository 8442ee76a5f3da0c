package io.postern.console.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// One entry of the audit log.
///
/// @param sequence counts from 1 without gaps
/// @param at to the millisecond
/// @param previousHash hash of the entry before, empty for the first
public record AuditEntry(
    long sequence,
    String uid,
    Instant at,
    Who who,
    Audit.Action action,
    Audit.Object object,
    String sentence,
    String previousHash) {
  /// Who acted, as it was then.
  ///
  /// @param address the client's address, `local` at the terminal
  public record Who(String uid, String email, String address) {}

  /// SHA-256 over every field with its length before it, the previous hash included, in
  /// hexadecimal. So no edit, removal or swap leaves the chain whole.
  public String hash() {
    var digest = sha256();
    var fields =
        List.of(
            previousHash,
            Long.toString(sequence),
            uid,
            Long.toString(at.toEpochMilli()),
            who.uid(),
            who.email(),
            who.address(),
            action.name(),
            object.kind(),
            object.uid(),
            object.name(),
            sentence);
    for (var field : fields) {
      var octets = field.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array());
      digest.update(octets);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
