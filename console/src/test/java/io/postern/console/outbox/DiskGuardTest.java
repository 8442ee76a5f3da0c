package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the room on the disk ends for new mail.
final class DiskGuardTest {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  @Test
  void R703_a_large_disk_needs_512_MiB_and_not_one_octet_less() {
    var total = 100 * 1024 * MIB;

    assertThat(DiskGuard.judge(512 * MIB, total)).isNull();
    assertThat(DiskGuard.judge(512 * MIB - 1, total))
        .contains("511 MiB are free, 512 MiB are needed")
        .contains("waiting mail still goes out");
  }

  @Test
  void R703_a_small_disk_needs_a_twentieth_and_not_one_octet_less() {
    var total = 1_000 * MIB;

    assertThat(DiskGuard.judge(50 * MIB, total)).isNull();
    assertThat(DiskGuard.judge(50 * MIB - 1, total)).contains("50 MiB are needed");
  }

  @Test
  void R703_a_disk_that_cannot_be_asked_takes_no_mail() {
    assertThat(DiskGuard.of(directory.resolve("gone")).refusal()).contains("cannot be read");
  }
}
