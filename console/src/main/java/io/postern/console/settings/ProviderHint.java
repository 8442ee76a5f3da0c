package io.postern.console.settings;

import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.diagnosis.Rulebook;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a recognized provider wants, said before the first failure.
///
/// @param username what it wants as user name, a phrase; empty when there is nothing to say
/// @param notes one fact each, as of today
/// @param page its own page, empty when none is known
public record ProviderHint(String name, String username, List<String> notes, String page) {
  public ProviderHint {
    notes = List.copyOf(notes);
  }

  /// By the server, or while there is none by the address that sends.
  ///
  /// @return null when it is nobody that is known
  static @Nullable ProviderHint of(String host, String from, Instant now) {
    var provider =
        host.isEmpty()
            ? Rulebook.ofMailDomain(from.substring(from.lastIndexOf('@') + 1))
            : Rulebook.ofHost(host.strip().toLowerCase(Locale.ROOT));
    return provider == null || provider.name().isEmpty() ? null : of(provider, now);
  }

  private static ProviderHint of(Provider provider, Instant now) {
    return new ProviderHint(
        provider.name(), provider.username(), provider.notes(now), provider.page());
  }
}
