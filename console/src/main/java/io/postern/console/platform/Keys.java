package io.postern.console.platform;

/// Where a [SecretBox] has its keys from.
interface Keys {
  KeyRing ring();

  /// The key for a new value.
  InstanceKey sealing();

  /// Looks again, because a value names a key that the ring lacks: it may be newer.
  KeyRing again();

  /// A ring that never changes.
  static Keys fixed(KeyRing ring) {
    return new Keys() {
      @Override
      public KeyRing ring() {
        return ring;
      }

      @Override
      public InstanceKey sealing() {
        return ring.sealing();
      }

      @Override
      public KeyRing again() {
        return ring;
      }
    };
  }
}
