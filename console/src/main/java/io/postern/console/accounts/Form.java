package io.postern.console.accounts;

import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was typed into a form, judged field by field; the page shows it again with each error at
/// its field.
public final class Form {
  /// In place of a field: what is wrong with none of them, such as a disk that is full.
  public static final String WHOLE = "";

  private static final int NAME_CHARACTERS_MAX = 128;

  /// Fields that are taken without the blanks around them, with their labels, in the order of
  /// forms.
  private static final List<Map.Entry<String, String>> TRIMMED =
      List.of(
          Map.entry("orgName", "Org Name"),
          Map.entry("name", "Name"),
          Map.entry("firstName", "First Name"),
          Map.entry("lastName", "Last Name"),
          Map.entry("emailId", "Email"),
          Map.entry("email", "Email"));

  private final Map<String, String> typed;
  private final Map<String, String> errors = new LinkedHashMap<>();

  public Form(Map<String, String> typed) {
    this.typed = Map.copyOf(typed);
  }

  /// A form that nobody has filled in.
  public static Form empty() {
    return new Form(Map.of());
  }

  /// As typed, empty when it was left out.
  public String value(String field) {
    return typed.getOrDefault(field, "");
  }

  /// What is wrong with a field, null when nothing is.
  public @Nullable String error(String field) {
    return errors.get(field);
  }

  public boolean isGood() {
    return errors.isEmpty();
  }

  /// @param field its name, or [#WHOLE]
  public void refuse(String field, @Nullable String sentence) {
    if (sentence != null) {
      errors.putIfAbsent(field, sentence);
    }
  }

  /// A mail address; null, with the error kept, when it is none.
  @Nullable Mailbox mailbox(String field) {
    var text = value(field).strip();
    if (text.isEmpty()) {
      refuse(field, "Enter an e-mail address, such as name@example.com.");
      return null;
    }
    try {
      return Mailbox.parse(text);
    } catch (MalformedValueException e) {
      refuse(field, e.getMessage());
      return null;
    }
  }

  /// A person's name: without characters that cannot be seen, which could make a letter read
  /// otherwise than it is.
  String name(String field) {
    var text = value(field).replaceAll("[\\p{Cc}\\p{Cf}]", " ").strip().replaceAll(" +", " ");
    if (text.length() > NAME_CHARACTERS_MAX) {
      refuse(field, "The name has more than %d characters.".formatted(NAME_CHARACTERS_MAX));
    }
    return text;
  }

  /// What is said at a field that is taken without the blanks around it; empty when there are none.
  public String note(String field) {
    var text = value(field);
    return text.equals(text.strip()) ? "" : "Blanks around it were removed.";
  }

  /// A sentence about what was done, with the fields that were taken without the blanks around
  /// them.
  public String done(String sentence) {
    var trimmed =
        TRIMMED.stream()
            .filter(field -> !note(field.getKey()).isEmpty())
            .map(Map.Entry::getValue)
            .distinct()
            .collect(Collectors.joining(", "));
    return trimmed.isEmpty()
        ? sentence
        : "%s Blanks around these were removed: %s.".formatted(sentence, trimmed);
  }

  public Secret secret(String field) {
    return Secret.of(value(field));
  }

  /// A new password, typed twice in `password` and `again`.
  public Secret newPassword(Passwords passwords, String email) {
    var password = secret("password");
    refuse("password", passwords.refuse(password, email));
    if (!value("password").equals(value("again"))) {
      refuse("again", "The two passwords differ. Type the same one twice.");
    }
    return password;
  }
}
