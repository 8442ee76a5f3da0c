package io.postern.console.accounts;

import io.postern.smtp.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which passwords are taken (R-564): 15 to 128 characters of any kind, none that attackers try
/// first, as [Guesswork] judges it. The words are in the jar; nothing is asked over the network.
public final class PasswordRules {
  public static final int LENGTH_MIN = 15;
  public static final int LENGTH_MAX = 128;
  private static final int DIFFERENT_CHARACTERS_MIN = 5;

  private final Set<String> common = read();

  /// @param email the owner's address, which the password must not be made of
  /// @return a sentence that says what is wanted, or null when the password is good
  public @Nullable String refuse(Secret password, String email) {
    var text = password.reveal();
    var length = text.codePointCount(0, text.length());
    if (length < LENGTH_MIN) {
      return "A password has at least %d characters; this one has %d. Four or five random words do well."
          .formatted(LENGTH_MIN, length);
    }
    if (length > LENGTH_MAX) {
      return "A password has at most %d characters; this one has %d.".formatted(LENGTH_MAX, length);
    }
    return isGuessable(text.toLowerCase(Locale.ROOT).strip(), email.toLowerCase(Locale.ROOT))
        ? "This password is among the first that attackers try. Take another, such as four or five random words."
        : null;
  }

  private boolean isGuessable(String plain, String email) {
    var own = new HashSet<>(List.of(email.split("[@.+_-]+", -1)));
    return plain.chars().distinct().count() < DIFFERENT_CHARACTERS_MIN
        || plain.equals(email)
        || plain.equals(email.substring(0, Math.max(0, email.lastIndexOf('@'))))
        || Guesswork.weight(common, own, plain) < Guesswork.ENOUGH;
  }

  private static Set<String> read() {
    var stream =
        Objects.requireNonNull(PasswordRules.class.getResourceAsStream("common-passwords.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
