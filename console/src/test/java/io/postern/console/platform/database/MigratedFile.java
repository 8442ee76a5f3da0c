package io.postern.console.platform.database;

import io.postern.console.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A database file with the schema of this version, for tests that begin with an instance which has
/// nothing in it: migrated once in a process, and then copied.
public final class MigratedFile {
  private MigratedFile() {}

  /// Lays one into the directory of an instance that has no database yet.
  ///
  /// @return `postern.db` in it
  public static Path in(Path directory) {
    var file = directory.resolve("postern.db");
    try {
      Files.copy(Template.FILE, file);
    } catch (FileAlreadyExistsException _) {
      // The test begins again on what it left.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /// The real database on such a file.
  public static SqliteDatabase open(Path directory) {
    return new SqliteDatabase(in(directory));
  }

  private static final class Template {
    static final Path FILE = make();

    private static Path make() {
      var file = TestFiles.ofThisProcess().resolve("migrated.db");
      new SqliteDatabase(file).close();
      file.toFile().deleteOnExit();
      return file;
    }
  }
}
