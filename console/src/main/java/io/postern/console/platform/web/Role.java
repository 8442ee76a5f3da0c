package io.postern.console.platform.web;

/// What an account may do (PRODUCT.md, *The console*).
public enum Role {
  ROOT("Root Administrator", "RootAdmin"),
  OPERATIONS("Operations Administrator", "OperationAdmin"),
  ACCOUNTS("Account Administrator", "AccountAdmin"),
  TENANT("Tenant Administrator", "TenantAdmin");

  private final String label;
  private final String adminType;

  Role(String label, String adminType) {
    this.label = label;
    this.adminType = adminType;
  }

  public String label() {
    return label;
  }

  /// The word of the API for this role, `adminType`.
  public String adminType() {
    return adminType;
  }
}
