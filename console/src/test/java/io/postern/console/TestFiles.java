package io.postern.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.springframework.util.FileSystemUtils;

/// Where tests keep their files: in memory, for they wait for flushes more than for anything else,
/// and what a flush is worth only a power cut shows, which `lab/faults` plays on a disk. On the
/// disk with `CI=true`, and where memory has no room.
public final class TestFiles implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM_OCTETS_MIN = 2L << 30;
  private static final String NAME = "postern-tests.";

  /// The directory above all others of tests.
  public static Path root() {
    try {
      var inMemory =
          !"true".equals(System.getenv("CI"))
              && Files.isWritable(MEMORY)
              && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM_OCTETS_MIN;
      return inMemory ? MEMORY : Path.of("/tmp");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The directory of this process, whose end it does not survive.
  public static Path ofThisProcess() {
    return OfThisProcess.DIRECTORY;
  }

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return Files.createTempDirectory(ofThisProcess(), "");
  }

  private static final class OfThisProcess {
    static final Path DIRECTORY = make(root());

    private static Path make(Path root) {
      try {
        var own = Files.createDirectories(root.resolve(NAME + ProcessHandle.current().pid()));
        own.toFile().deleteOnExit();
        clear(root, own);
        return own;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// A process that was killed left its own behind.
    private static void clear(Path root, Path own) throws IOException {
      try (var all = Files.newDirectoryStream(root, NAME + "*")) {
        for (var each : all) {
          var pid = each.getFileName().toString().substring(NAME.length());
          if (ProcessHandle.of(Long.parseLong(pid)).isEmpty() && Files.isWritable(each)) {
            delete(each, own.resolve(pid));
          }
        }
      }
    }

    private static void delete(Path left, Path mine) throws IOException {
      try {
        FileSystemUtils.deleteRecursively(Files.move(left, mine));
      } catch (NoSuchFileException _) {
        // Another process of the tests was faster.
      }
    }
  }
}
