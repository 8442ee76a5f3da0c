package io.postern.console.accounts;

/// What *Forgot password?* shows.
///
/// @param isSystem for system accounts; else for tenants
/// @param asked whether a request was taken
public record ForgotView(boolean isSystem, Form form, boolean asked) {
  static ForgotView blank(boolean isSystem) {
    return new ForgotView(isSystem, Form.empty(), false);
  }

  public String path() {
    return isSystem ? ForgotPages.SYSTEM : ForgotPages.TENANTS;
  }

  public String signIn() {
    return isSystem ? "/system/login" : "/";
  }
}
