package io.postern.console.platform.web;

import java.util.Set;

/// The tabs of *Administration*, in order.
public enum AdministrationTab {
  SMTP("SMTP", "/system/administration/smtp", Set.of(Role.ROOT, Role.OPERATIONS)),
  LETTERS("Letters", "/system/administration/letters", Set.of(Role.ROOT, Role.OPERATIONS)),
  AUDIT("Audit", "/system/administration/audit", Set.of(Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS)),
  INSTANCE("Instance", "/system/administration/instance", Set.of(Role.ROOT, Role.OPERATIONS));

  private final String label;
  private final String path;
  private final Set<Role> roles;

  AdministrationTab(String label, String path, Set<Role> roles) {
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
