package io.postern.console.api;

import io.postern.console.platform.web.Role;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a key may be used for. It never reaches further than the role of the account it belongs to.
enum Scope {
  SMTP_READ("Read the SMTP configuration", Role.OPERATIONS),
  SMTP_WRITE("Change and validate the SMTP configuration", Role.OPERATIONS),
  SMTP_CHECK("Validate SMTP configurations", Role.OPERATIONS),
  TENANTS_READ("Read tenants", Role.OPERATIONS),
  TENANTS_WRITE("Create, invite, restore and delete tenants", Role.OPERATIONS),
  MAILS_SEND("Send mail", Role.OPERATIONS),
  MAILS_READ("Follow mail", Role.OPERATIONS),
  MAILS_WRITE("Retry and cancel mail", Role.OPERATIONS),
  ACCOUNTS_READ("Read system accounts", Role.ACCOUNTS),
  ACCOUNTS_WRITE("Create and delete system accounts, make reset links", Role.ACCOUNTS),
  AUDITS_READ("Read the audit log", Role.OPERATIONS, Role.ACCOUNTS),
  METRICS_READ("Read health and metrics from another machine", Role.OPERATIONS, Role.ACCOUNTS);

  private final String label;
  private final Set<Role> roles;

  /// @param roles that have a use for it, besides the root administrator
  Scope(String label, Role... roles) {
    this.label = label;
    this.roles = Set.of(roles);
  }

  String label() {
    return label;
  }

  boolean isFor(Role role) {
    return role == Role.ROOT || roles.contains(role);
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
