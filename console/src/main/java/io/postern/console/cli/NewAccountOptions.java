package io.postern.console.cli;

import io.postern.console.platform.web.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `account create` is told besides the address.
final class NewAccountOptions {
  static final String ROLES = "--role takes root, operations or accounts.";

  @Option(names = "--role", required = true, description = "root, operations or accounts")
  private String role = "";

  @Option(names = "--first-name", description = "for lists and letters", defaultValue = "")
  private String firstName = "";

  @Option(names = "--last-name", description = "for lists and letters", defaultValue = "")
  private String lastName = "";

  /// @return null when it is none of [#ROLES]
  @Nullable Role role() {
    return switch (role) {
      case "root" -> Role.ROOT;
      case "operations" -> Role.OPERATIONS;
      case "accounts" -> Role.ACCOUNTS;
      default -> null;
    };
  }

  String firstName() {
    return firstName;
  }

  String lastName() {
    return lastName;
  }
}
