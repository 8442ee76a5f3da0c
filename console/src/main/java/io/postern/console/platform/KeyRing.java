package io.postern.console.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of the key file, oldest first, of which one seals; all of them open.
final class KeyRing {
  private final List<InstanceKey> keys;
  private final int sealing;

  private KeyRing(List<InstanceKey> keys, int sealing) {
    this.keys = List.copyOf(keys);
    this.sealing = sealing;
  }

  /// @param mark of the key that seals
  /// @return null when none of them has it
  static @Nullable KeyRing of(List<InstanceKey> keys, String mark) {
    for (var i = 0; i < keys.size(); i++) {
      if (keys.get(i).mark().equals(mark)) {
        return new KeyRing(keys, i);
      }
    }
    return null;
  }

  static KeyRing of(InstanceKey only) {
    return new KeyRing(List.of(only), 0);
  }

  List<InstanceKey> keys() {
    return keys;
  }

  InstanceKey sealing() {
    return keys.get(sealing);
  }

  /// Those that sealed before.
  List<InstanceKey> former() {
    return keys.subList(0, sealing);
  }

  /// Those that have not sealed yet.
  List<InstanceKey> coming() {
    return keys.subList(sealing + 1, keys.size());
  }

  @Nullable InstanceKey find(byte[] id) {
    return keys.stream().filter(key -> key.has(id)).findFirst().orElse(null);
  }
}
