package io.postern.smtp.diagnosis;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a reply as people paste it: one line or several, with or without an enhanced code, out of
/// a log or a bounce. At most [#OCTETS_MAX] characters.
public final class PastedReply {
  /// More than any server says in one reply.
  public static final int OCTETS_MAX = 16_384;

  private static final Pattern BEGIN = Pattern.compile("(?<![0-9.])([2-5][0-9][0-9])(?:[ -]|$)");
  private static final Pattern STATUS =
      Pattern.compile("^([245])\\.([0-9]{1,3})\\.([0-9]{1,3})(?![0-9])[ -]*");

  private PastedReply() {}

  /// @throws MalformedValueException when no reply code stands in it
  public static Reply parse(String pasted) {
    if (pasted.length() > OCTETS_MAX) {
      throw new MalformedValueException(
          "The text is too long; a reply has at most %d characters.".formatted(OCTETS_MAX));
    }
    var begin = BEGIN.matcher(pasted);
    if (!begin.find()) {
      throw new MalformedValueException(
          "There is no reply code in it; a reply begins with three digits, such as 535 5.7.8.");
    }
    var code = begin.group(1);
    var lines = new ArrayList<String>();
    EnhancedStatus enhanced = null;
    for (var line : pasted.substring(begin.start()).lines().toList()) {
      var text = line.strip();
      text = text.matches(code + "([ -].*)?") ? text.substring(3).replaceFirst("^[ -]", "") : text;
      var status = STATUS.matcher(text.strip());
      if (status.find()) {
        enhanced = enhanced == null ? status(code, status) : enhanced;
        text = text.strip().substring(status.end());
      }
      lines.add(Printable.of(text.strip()));
    }
    return new Reply(Integer.parseInt(code), enhanced, lines);
  }

  /// Codes of another class than the reply's say nothing.
  private static @Nullable EnhancedStatus status(String code, java.util.regex.Matcher found) {
    return found.group(1).charAt(0) == code.charAt(0)
        ? new EnhancedStatus(
            Integer.parseInt(found.group(1)),
            Integer.parseInt(found.group(2)),
            Integer.parseInt(found.group(3)))
        : null;
  }
}
