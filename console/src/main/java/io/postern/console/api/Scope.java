package io.postern.console.api;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a key may be used for. It never reaches further than the role of the account it belongs to.
enum Scope {
  SMTP_READ("Read the SMTP configuration"),
  SMTP_WRITE("Change the SMTP configuration"),
  SMTP_CHECK("Validate SMTP configurations"),
  TENANTS_READ("List tenants"),
  TENANTS_WRITE("Create, activate and delete tenants"),
  MAILS_SEND("Send mail"),
  MAILS_READ("Follow mail"),
  MAILS_WRITE("Retry and cancel mail"),
  ACCOUNTS_READ("List system accounts"),
  ACCOUNTS_WRITE("Create and delete system accounts"),
  AUDITS_READ("Read the audit log"),
  METRICS_READ("Read health and metrics from another machine");

  private final String label;

  Scope(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// The word of the database, of forms and of problems, such as `smtp:read`.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ':');
  }

  /// @return null when it is no word of a scope
  static @Nullable Scope ofWord(String word) {
    for (var scope : values()) {
      if (scope.word().equals(word)) {
        return scope;
      }
    }
    return null;
  }

  static String words(Set<Scope> scopes) {
    return new TreeSet<>(scopes).stream().map(Scope::word).collect(Collectors.joining(" "));
  }

  /// Words that are no longer known count for nothing.
  static Set<Scope> ofWords(String words) {
    var scopes = EnumSet.noneOf(Scope.class);
    for (var word : words.split(" ", -1)) {
      var scope = ofWord(word);
      if (scope != null) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}
