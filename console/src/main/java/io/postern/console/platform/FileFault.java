package io.postern.console.platform;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be used, in words: the messages of these exceptions are mostly the path
/// alone.
final class FileFault {
  private FileFault() {}

  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "this user has no access to %s".formatted(e.getFile());
      case NoSuchFileException e -> "there is no %s".formatted(e.getFile());
      case CharacterCodingException _ -> "it is not UTF-8";
      case FileSystemException e when e.getReason() != null -> String.valueOf(e.getReason());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
