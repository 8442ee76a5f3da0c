package io.postern.smtp.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The second net under the transcript: some servers repeat a line that they did not
/// understand, and with it what was sent to sign in. Wherever a reply holds it, three asterisks
/// stand instead.
final class Redaction {
  /// Shorter pieces are found in ordinary words.
  private static final int PIECE_CHARACTERS_MIN = 8;

  private static final int SECRET_CHARACTERS_MIN = 4;
  private static final String BLOT = "***";

  private final List<String> lines = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();

  /// A base64 line that was sent: the whole of it and every longer piece is blotted out.
  void line(String base64) {
    lines.add(base64.toUpperCase(Locale.ROOT));
  }

  /// A secret as it is.
  void secret(String secret) {
    if (secret.length() >= SECRET_CHARACTERS_MIN) {
      secrets.add(secret);
    }
  }

  String of(String text) {
    var clean = text;
    for (var secret : secrets) {
      clean = clean.replace(secret, BLOT);
    }
    return lines.isEmpty() ? clean : withoutPieces(clean);
  }

  private String withoutPieces(String text) {
    var out = new StringBuilder(text.length());
    var start = 0;
    for (var i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isBase64(text.charAt(i))) {
        var piece = text.substring(start, i);
        out.append(wasSent(piece) ? BLOT : piece);
        if (i < text.length()) {
          out.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return out.toString();
  }

  private boolean wasSent(String piece) {
    return piece.length() >= PIECE_CHARACTERS_MIN
        && lines.stream().anyMatch(line -> line.contains(piece.toUpperCase(Locale.ROOT)));
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }
}
