package io.postern.smtp.check;

import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What is unusual about a password although it may be right: it is sent as it stands,
/// never trimmed, and its owner is told.
public final class PasswordLook {
  /// What a server must take of a user name or password in PLAIN (RFC 4616 section 2).
  public static final int OCTETS_EVERY_SERVER_TAKES = 255;

  /// Google shows app passwords in groups of four (Google Account Help, *Sign in with app
  /// passwords*); the blanks are not part of them.
  private static final Pattern APP_PASSWORD =
      Pattern.compile("[a-z]{4}([ \\u00A0])[a-z]{4}\\1[a-z]{4}\\1[a-z]{4}");

  private PasswordLook() {}

  /// @return sentences for the operator, without anything of the password itself
  public static List<String> notes(Secret password) {
    var notes = new ArrayList<>(blanks(password));
    var octets = octets(password.reveal());
    if (octets > OCTETS_EVERY_SERVER_TAKES) {
      notes.add(
          "It has %d octets, and no server need take more than %d. If the sign-in is refused, set a shorter one."
              .formatted(octets, OCTETS_EVERY_SERVER_TAKES));
    }
    return List.copyOf(notes);
  }

  /// The notes about blanks alone.
  static List<String> blanks(Secret password) {
    var text = password.reveal();
    if (APP_PASSWORD.matcher(text.strip()).matches()) {
      return List.of(
          "It looks like an app password with the blanks it is shown with. They are sent along; if the sign-in is refused, enter it without them.");
    }
    return text.equals(text.strip())
        ? List.of()
        : List.of(
            "It begins or ends with a blank, which is kept. Remove it if it came along while copying.");
  }

  public static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
