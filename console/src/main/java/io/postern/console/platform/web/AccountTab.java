package io.postern.console.platform.web;

/// The tabs of *My Account*, in order.
public enum AccountTab {
  EMAIL("Email", "/system/account", false),
  PASSWORD("Password", "/system/account/password", true),
  PASSKEYS("Passkeys", "/system/account/passkeys", true),
  SESSIONS("Sessions", "/system/account/sessions", true),
  KEYS("API keys", "/system/account/keys", false);

  private final String label;
  private final String path;
  private final boolean forTenants;

  AccountTab(String label, String path, boolean forTenants) {
    this.label = label;
    this.path = path;
    this.forTenants = forTenants;
  }

  public String label() {
    return label;
  }

  public String path() {
    return path;
  }

  /// A tenant's administrator signs in, and ends that, as others do; an address is changed by
  /// whoever runs the platform, and the API is not theirs.
  public boolean isFor(Role role) {
    return forTenants || role != Role.TENANT;
  }
}
