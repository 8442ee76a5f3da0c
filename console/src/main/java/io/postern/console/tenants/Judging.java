package io.postern.console.tenants;

import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges typed values field by field and keeps a sentence for each that is not right.
final class Judging {
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final Map<String, String> typed;
  private final Map<String, String> faults = new LinkedHashMap<>();

  Judging(Map<String, String> typed) {
    this.typed = Map.copyOf(typed);
  }

  Map<String, String> faults() {
    return Map.copyOf(faults);
  }

  /// A name as it can be read: what cannot be seen could make a letter say something else.
  String name(String field, String whenMissing) {
    var text = typed.getOrDefault(field, "").strip().replaceAll(" {2,}", " ");
    if (text.isEmpty()) {
      faults.put(field, whenMissing);
    } else if (UNSEEN.matcher(text).find()) {
      faults.put(
          field,
          "The name holds a character that cannot be seen, such as a line break. Type it anew.");
    } else if (text.codePointCount(0, text.length()) > NewTenant.NAME_CHARACTERS_MAX) {
      faults.put(
          field,
          "The name has %d characters; it takes at most %d."
              .formatted(text.codePointCount(0, text.length()), NewTenant.NAME_CHARACTERS_MAX));
    }
    return text;
  }

  @Nullable Mailbox mailbox(String field) {
    var text = typed.getOrDefault(field, "").strip();
    if (text.isEmpty()) {
      faults.put(field, "Enter the administrator's e-mail address, such as ada@example.com.");
      return null;
    }
    try {
      return Mailbox.parse(text);
    } catch (MalformedValueException e) {
      faults.put(field, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
