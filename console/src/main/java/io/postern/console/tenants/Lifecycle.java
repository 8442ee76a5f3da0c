package io.postern.console.tenants;

/// What came of changing a tenant.
public sealed interface Lifecycle {
  /// @param auditUid the entry in the audit log
  record Done(Tenant tenant, String auditUid) implements Lifecycle {}

  /// Nothing changed.
  record Refused(String sentence) implements Lifecycle {}

  record NotFound() implements Lifecycle {}
}
