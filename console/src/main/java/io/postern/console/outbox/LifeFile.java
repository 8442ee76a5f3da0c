package io.postern.console.outbox;

import io.postern.console.platform.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SQLite: a number that changes as mail is sent stands in the database and in a file beside it. A
/// database that was put back has an old one, or stands in a directory without the file.
final class LifeFile implements RestoreWatch.Origin {
  private static final String NAME = "outbox-life";
  private static final Logger LOG = LoggerFactory.getLogger(LifeFile.class);

  private final Path file;
  private final OutboxParts parts;

  LifeFile(Path file, OutboxParts parts) {
    this.file = file;
    this.parts = parts;
  }

  @Override
  public boolean isAnother() {
    var marks = marks();
    return !marks.isEmpty() && !marks.contains(beside());
  }

  /// The database first, with the number of the file as its second: a crash between the two leaves
  /// a file that it still knows.
  @Override
  public void renew() throws IOException {
    var fresh = parts.uids().next();
    var old = beside();
    RestoreWatch.Origin.write(parts, NAME, old.isEmpty() ? fresh : fresh + " " + old);
    var written = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    OwnerOnly.make(written);
    Files.writeString(written, fresh);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> marks() {
    var known = RestoreWatch.Origin.read(parts.database(), NAME);
    return known.isEmpty() ? List.of() : List.of(known.split(" ", 2));
  }

  private String beside() {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      LOG.warn("The file {} cannot be read: {}", file, e.getMessage());
      return "";
    }
  }
}
