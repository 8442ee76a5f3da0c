package io.postern.console.tenants;

import java.util.Map;

/// What came of creating a tenant.
public sealed interface Creation {
  /// It exists, its administrator is invited.
  ///
  /// @param auditUid the entry in the audit log
  record Created(String uid, String auditUid) implements Creation {}

  /// Nothing was made.
  ///
  /// @param faults a sentence for each field, by the name of the field
  record Refused(Map<String, String> faults) implements Creation {}
}
