package io.postern.console.platform;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes identifiers: 32 hexadecimal digits, 12 of time (milliseconds) and 20 of chance, so that
/// they sort by age and cannot be guessed from one another.
public final class Uid {
  private final InstantSource clock;
  private final RandomGenerator random;

  public Uid(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next() {
    var chance = new byte[10];
    random.nextBytes(chance);
    return HexFormat.of().toHexDigits(clock.millis(), 12) + HexFormat.of().formatHex(chance);
  }
}
