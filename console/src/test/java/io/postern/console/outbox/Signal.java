package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Signals that Java cannot send by itself.
final class Signal {
  private Signal() {}

  /// @param name without `SIG`
  static void send(Process process, String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
    assertThat(kill.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
