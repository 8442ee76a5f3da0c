package io.postern.console.platform.web;

/// The tabs of *My Account*, in order.
public enum AccountTab {
  EMAIL("Email", "/system/account"),
  PASSWORD("Password", "/system/account/password"),
  PASSKEYS("Passkeys", "/system/account/passkeys"),
  SESSIONS("Sessions", "/system/account/sessions"),
  KEYS("API keys", "/system/account/keys");

  private final String label;
  private final String path;

  AccountTab(String label, String path) {
    this.label = label;
    this.path = path;
  }

  public String label() {
    return label;
  }

  public String path() {
    return path;
  }
}
