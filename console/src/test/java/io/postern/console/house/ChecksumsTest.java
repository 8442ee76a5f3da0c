package io.postern.console.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each library that the console is built and tested with is, octet by octet, the one whose SHA-256
/// stands in `docs/dependencies.sha256`: a repository that gives another one under the same name
/// breaks the build. Whoever takes a new version compares its checksum with the one that its
/// project or a second repository publishes, and puts it there, in the form of `sha256sum`.
class ChecksumsTest {
  private static final String LIST = "docs/dependencies.sha256";

  /// Modules of ours, once they are packaged.
  private static final String OURS = "postern-";

  @Test
  void R575_every_library_is_the_one_that_was_looked_at()
      throws IOException, GeneralSecurityException {
    var found = new TreeSet<String>();
    for (var entry :
        System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator), -1)) {
      var file = Path.of(entry);
      var name = file.getFileName().toString();
      if (name.endsWith(".jar") && !name.startsWith(OURS)) {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        found.add(HexFormat.of().formatHex(digest) + "  " + name);
      }
    }
    var listed = new TreeSet<>(ProjectFiles.read(LIST).lines().toList());
    assertEquals(String.join("\n", listed), String.join("\n", found), LIST);
  }
}
