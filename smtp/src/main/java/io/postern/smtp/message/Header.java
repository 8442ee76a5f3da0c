package io.postern.smtp.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header of a rendered message (RFC 5322 sections 2.2 and 3.6): fields that are fields, each
/// that may stand only once standing once, and no Bcc that would tell everybody.
final class Header {
  private static final Set<String> ONCE =
      Set.of(
          "from",
          "date",
          "sender",
          "reply-to",
          "to",
          "cc",
          "message-id",
          "in-reply-to",
          "references",
          "subject",
          "mime-version");

  private Header() {}

  /// Octets before the empty line, or all when there is none.
  static int length(byte[] octets) {
    for (var i = 0; i + 3 < octets.length; i++) {
      if (octets[i] == '\r'
          && octets[i + 1] == '\n'
          && octets[i + 2] == '\r'
          && octets[i + 3] == '\n') {
        return i + 2;
      }
    }
    return octets.length;
  }

  /// @return what forbids sending this header, null when nothing does
  static @Nullable String fault(byte[] octets) {
    var names = new ArrayList<String>();
    var text = new String(octets, 0, length(octets), StandardCharsets.ISO_8859_1);
    for (var at = 0; at < text.length(); at = next(text, at)) {
      if (isFolded(text.charAt(at)) && !names.isEmpty()) {
        continue;
      }
      var colon = text.indexOf(':', at, next(text, at));
      if (colon <= at || !isName(text, at, colon)) {
        return "The header of the message holds a line that is no field.";
      }
      names.add(text.substring(at, colon).toLowerCase(Locale.ROOT));
    }
    return faultOf(names);
  }

  private static @Nullable String faultOf(List<String> names) {
    for (var name : names) {
      if (ONCE.contains(name) && names.indexOf(name) != names.lastIndexOf(name)) {
        return "The header of the message has the field " + name + " twice.";
      }
    }
    return names.contains("bcc")
        ? "The header of the message names hidden recipients (Bcc)."
        : null;
  }

  /// Where the next line begins; every line ends with CRLF, as [Content#fault] has seen.
  private static int next(String text, int at) {
    var end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private static boolean isFolded(char first) {
    return first == ' ' || first == '\t';
  }

  /// RFC 5322 section 2.2: printable ASCII without colon and blank.
  private static boolean isName(String text, int from, int to) {
    for (var i = from; i < to; i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
