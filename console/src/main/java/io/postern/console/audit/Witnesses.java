package io.postern.console.audit;

import io.postern.console.audit.AuditLog.Anchor;
import io.postern.console.audit.AuditLog.Fault;
import io.postern.console.audit.AuditLog.Proof;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the log has to agree with besides itself: an anchor that somebody noted, and checkpoints,
/// as far as their signatures are good.
public final class Witnesses {
  static final Witnesses NONE = new Witnesses(null, List.of(), List.of());

  private final @Nullable Anchor anchor;
  private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
  private final List<CheckpointPublicKey> keys;

  /// @param keys whose signatures count
  Witnesses(@Nullable Anchor anchor, List<Checkpoint> checkpoints, List<CheckpointPublicKey> keys) {
    this.anchor = anchor;
    this.keys = List.copyOf(keys);
    checkpoints.forEach(checkpoint -> this.checkpoints.put(checkpoint.sequence(), checkpoint));
  }

  /// What speaks against an entry that is whole by itself.
  @Nullable Fault against(long sequence, String hash) {
    if (anchor != null && anchor.sequence() == sequence && !anchor.hash().equals(hash)) {
      return Fault.REWRITTEN;
    }
    var checkpoint = checkpoints.get(sequence);
    return checkpoint == null ? null : against(checkpoint, hash);
  }

  /// What the end of the log lacks.
  ///
  /// @return null when no witness knows of a later entry
  Proof.@Nullable Broken beyond(long last) {
    var later = checkpoints.higherEntry(last);
    if (later != null) {
      return isSigned(later.getValue())
          ? new Proof.Broken(last + 1, Fault.CUT)
          : new Proof.Broken(later.getKey(), Fault.UNSIGNED);
    }
    return anchor != null && anchor.sequence() > last
        ? new Proof.Broken(last + 1, Fault.CUT)
        : null;
  }

  int count() {
    return checkpoints.size();
  }

  @Nullable Checkpoint newest() {
    return checkpoints.isEmpty() ? null : checkpoints.lastEntry().getValue();
  }

  private @Nullable Fault against(Checkpoint checkpoint, String hash) {
    if (!isSigned(checkpoint)) {
      return Fault.UNSIGNED;
    }
    if (!checkpoint.hash().equals(hash)) {
      return Fault.REWRITTEN;
    }
    var before = checkpoints.lowerKey(checkpoint.sequence());
    return checkpoint.previous() == (before == null ? 0 : before) ? null : Fault.CHECKPOINT_MISSING;
  }

  private boolean isSigned(Checkpoint checkpoint) {
    return keys.stream().anyMatch(key -> key.signed(checkpoint));
  }
}
