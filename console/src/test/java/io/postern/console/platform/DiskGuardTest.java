package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the room on the disk ends for new mail.
final class DiskGuardTest {
  private static final long MIB = 1L << 20;
  private static final Path DATA = Path.of("/srv/postern");

  @TempDir Path directory;

  @Test
  void R703_a_large_disk_needs_512_MiB_and_not_one_octet_less() {
    var total = 100 * 1024 * MIB;

    assertThat(DiskGuard.judge(DATA, 512 * MIB, total)).isNull();
    assertThat(DiskGuard.judge(DATA, 512 * MIB - 1, total))
        .contains("the data directory " + DATA + " is nearly full")
        .contains("511 MiB are free, 512 MiB are needed")
        .contains("mail that waits still goes out");
  }

  @Test
  void R703_a_small_disk_needs_a_twentieth_and_not_one_octet_less() {
    var total = 1_000 * MIB;

    assertThat(DiskGuard.judge(DATA, 50 * MIB, total)).isNull();
    assertThat(DiskGuard.judge(DATA, 50 * MIB - 1, total)).contains("50 MiB are needed");
  }

  @Test
  void a_disk_without_a_whole_MiB_is_called_full_and_promises_no_delivery() {
    var total = 1_000 * MIB;

    assertThat(DiskGuard.judge(DATA, MIB, total)).contains("nearly full: 1 MiB are free");
    assertThat(DiskGuard.judge(DATA, MIB - 1, total))
        .contains("the data directory " + DATA + " is full.", "mail that waits is kept")
        .doesNotContain("MiB", "still goes out");
  }

  @Test
  void a_tiny_disk_is_judged_by_its_twentieth_alone() {
    var total = 3 * MIB;

    assertThat(DiskGuard.judge(DATA, 157_286, total)).isNull();
    assertThat(DiskGuard.judge(DATA, 157_285, total)).contains(DATA + " is full.");
  }

  @Test
  void R703_a_disk_that_cannot_be_asked_takes_no_mail() {
    assertThat(DiskGuard.of(directory.resolve("gone")).refusal())
        .contains("cannot be read", directory.resolve("gone").toString());
  }
}
