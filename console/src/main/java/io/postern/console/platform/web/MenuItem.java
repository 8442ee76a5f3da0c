package io.postern.console.platform.web;

import java.util.Set;

/// An entry of the left Main Menu, in order.
public enum MenuItem {
  OVERVIEW("Overview", "/system", Set.of(Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS)),
  TENANTS("Tenant Management", "/system/tenants", Set.of(Role.ROOT, Role.OPERATIONS)),
  MAIL("Mail", "/system/mail", Set.of(Role.ROOT, Role.OPERATIONS)),
  ACCOUNTS("Account Management", "/system/accounts", Set.of(Role.ROOT, Role.ACCOUNTS)),
  ADMINISTRATION(
      "Administration",
      "/system/administration",
      Set.of(Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS)),
  MY_ACCOUNT("My Account", "/system/account", Set.of(Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS));

  private final String label;
  private final String path;
  private final Set<Role> roles;

  MenuItem(String label, String path, Set<Role> roles) {
    this.label = label;
    this.path = path;
    this.roles = roles;
  }

  public String label() {
    return label;
  }

  public String path() {
    return path;
  }

  public boolean isFor(Role role) {
    return roles.contains(role);
  }
}
