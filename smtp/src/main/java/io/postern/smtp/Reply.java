package io.postern.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reply of a server (RFC 5321 section 4.2). Its text is the peer's: made harmless for display,
/// never trusted.
///
/// @param code three digits, 200 to 599
/// @param enhanced the enhanced status code, absent when the reply has none or one of another class
///   (RFC 2034)
/// @param lines the text of each line without code and separator, printable, without the enhanced
///   code; never empty
public record Reply(int code, @Nullable EnhancedStatus enhanced, List<String> lines) {
  public Reply {
    lines = List.copyOf(lines);
  }

  /// All lines joined by a blank.
  public String text() {
    return String.join(" ", lines);
  }

  public boolean isPositive() {
    return code >= 200 && code < 300;
  }

  /// A server that says 221 is closing, whatever the first digit promises (RFC 5321 section 3.8).
  public boolean isClosing() {
    return code == 221;
  }

  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  public boolean isPermanent() {
    return code >= 500;
  }

  /// The reply as the server worded it, on one line: code, enhanced code, text.
  @Override
  public String toString() {
    return code + (enhanced == null ? "" : " " + enhanced) + (text().isEmpty() ? "" : " " + text());
  }
}
