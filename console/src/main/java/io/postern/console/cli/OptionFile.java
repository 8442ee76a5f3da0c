package io.postern.console.cli;

import io.postern.console.platform.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// A file that an option names, read whole. What is wrong with it is one sentence for the user.
final class OptionFile {
  /// The certificates of a whole system have about a quarter of this.
  static final int OCTETS_MAX = 1024 * 1024;

  private OptionFile() {}

  /// @param option such as `--ca-file`
  /// @throws IllegalArgumentException with the sentence, when it cannot be read or is larger than
  ///   [#OCTETS_MAX]
  static byte[] octets(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw unusable(option, file, "is a directory");
    }
    try (var input = Files.newInputStream(file)) {
      var octets = input.readNBytes(OCTETS_MAX + 1);
      if (octets.length > OCTETS_MAX) {
        throw unusable(option, file, "is larger than 1 MiB");
      }
      return octets;
    } catch (NoSuchFileException _) {
      // The file's name says enough.
      throw unusable(option, file, "does not exist");
    } catch (AccessDeniedException _) {
      // So it does here.
      throw unusable(option, file, "may not be read by this user");
    } catch (IOException e) {
      throw unusable(option, file, "cannot be read (%s)".formatted(e.getMessage()));
    }
  }

  /// The same as text in UTF-8.
  ///
  /// @throws IllegalArgumentException with the sentence
  static String text(String option, Path file) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets(option, file)))
          .toString();
    } catch (CharacterCodingException _) {
      // Where in the file helps nobody.
      throw unusable(option, file, "is no text in UTF-8");
    }
  }

  /// The certificates in it, as text or in binary form.
  ///
  /// @throws IllegalArgumentException with the sentence
  static List<X509Certificate> certificates(String option, Path file) {
    var octets = octets(option, file);
    var found = Pem.ofOctets(octets);
    if (found == null) {
      var why = Pem.damage(new String(octets, StandardCharsets.ISO_8859_1));
      throw new IllegalArgumentException(
          "The file of %s, %s, cannot be used. %s".formatted(option, file, why));
    }
    return found;
  }

  private static IllegalArgumentException unusable(String option, Path file, String why) {
    return new IllegalArgumentException("The file of %s, %s, %s.".formatted(option, file, why));
  }
}
