package io.postern.console.api;

import io.postern.console.accounts.Form;
import io.postern.console.platform.web.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the page of API keys shows.
public record KeysView(List<Row> keys, List<Choice> choices, Form form) {
  public KeysView {
    keys = List.copyOf(keys);
    choices = List.copyOf(choices);
  }

  /// A key in the list.
  ///
  /// @param expiresAt absent: never
  /// @param usedAt absent: never
  public record Row(
      String uid,
      String name,
      String prefix,
      String scopes,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant usedAt,
      boolean expired) {}

  /// A scope to choose.
  public record Choice(String word, String label, boolean chosen) {}

  static KeysView of(
      List<ApiKeys.Kept> keys, Role role, Set<Scope> chosen, Form form, Instant now) {
    return new KeysView(
        keys.stream().map(key -> row(key, now)).toList(),
        Arrays.stream(Scope.values())
            .filter(scope -> scope.isFor(role))
            .map(scope -> new Choice(scope.word(), scope.label(), chosen.contains(scope)))
            .toList(),
        form);
  }

  private static Row row(ApiKeys.Kept key, Instant now) {
    var expiresAt = key.expiresAt();
    return new Row(
        key.uid(),
        key.name(),
        key.prefix(),
        Scope.words(key.scopes()),
        key.createdAt(),
        expiresAt,
        key.usedAt(),
        expiresAt != null && !expiresAt.isAfter(now));
  }
}
