package io.postern.console.api;

import io.postern.console.accounts.Form;
import io.postern.console.platform.web.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The form for a new key, read and judged.
///
/// @param form what was typed, with what is wrong
record KeyWish(String name, Set<Scope> scopes, @Nullable Instant expiresAt, Form form) {
  private static final Set<Integer> LIFETIMES_DAYS = Set.of(30, 90, 365);
  private static final String NEVER = "never";
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  /// @param role of the account that the key is for; it bounds the scopes
  static KeyWish read(Map<String, String[]> posted, Role role, Instant now) {
    var typed =
        posted.entrySet().stream()
            .filter(field -> field.getValue().length > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue()[0]));
    var form = new Form(typed);
    return new KeyWish(
        name(form),
        scopes(form, posted.getOrDefault("scope", new String[0]), role),
        expiresAt(form, now),
        form);
  }

  private static String name(Form form) {
    var name = form.value("name").strip();
    if (name.isEmpty()) {
      form.refuse("name", "A name is needed, by which you will know what uses the key.");
    }
    if (name.length() > ApiKeys.NAME_CHARACTERS_MAX) {
      form.refuse(
          "name", "At most %d characters are possible.".formatted(ApiKeys.NAME_CHARACTERS_MAX));
    }
    if (UNSEEN.matcher(name).find()) {
      form.refuse("name", "The name holds a character that cannot be seen. Type it anew.");
    }
    return name;
  }

  private static Set<Scope> scopes(Form form, String[] words, Role role) {
    var scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(words)
        .map(Scope::ofWord)
        .filter(scope -> scope != null && scope.isFor(role))
        .forEach(scopes::add);
    if (scopes.isEmpty()) {
      form.refuse("scope", "At least one scope is needed: a key without any opens nothing.");
    }
    return scopes;
  }

  private static @Nullable Instant expiresAt(Form form, Instant now) {
    var days = form.value("lifetime");
    if (days.equals(NEVER)) {
      return null;
    }
    if (!days.matches("[0-9]{1,3}") || !LIFETIMES_DAYS.contains(Integer.parseInt(days))) {
      form.refuse("lifetime", "One of 30, 90 and 365 days, or never.");
      return null;
    }
    return now.plus(Duration.ofDays(Integer.parseInt(days)));
  }
}
