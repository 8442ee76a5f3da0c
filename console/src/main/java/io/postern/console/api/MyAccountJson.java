package io.postern.console.api;

import io.postern.console.accounts.Account;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account that calls, in the model's shape `v1SystemUserMe`.
final class MyAccountJson {
  private MyAccountJson() {}

  static Map<String, Object> of(Account account, boolean hasPasskey) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", account.uid());
    metadata.put("name", account.displayName());
    metadata.put("creationTimestamp", account.createdAt().toString());
    var spec = new LinkedHashMap<String, Object>();
    spec.put("adminType", account.role().adminType());
    spec.put("emailId", account.email());
    var body = new LinkedHashMap<String, Object>();
    body.put("metadata", metadata);
    body.put("spec", spec);
    body.put("status", status(account, hasPasskey));
    return body;
  }

  private static Map<String, Object> status(Account account, boolean hasPasskey) {
    var status = new LinkedHashMap<String, Object>();
    status.put("isEmailSet", true);
    status.put("isEmailVerified", account.isEmailVerified());
    status.put("isMfaEnabled", hasPasskey);
    status.put("isPasswordReset", false);
    put(status, "lastEmailUpdateTime", account.emailChangedAt());
    put(status, "lastEmailVerifiedTime", account.emailVerifiedAt());
    put(status, "lastLoginTime", account.signedInAt());
    put(status, "lastPasswordUpdateTime", account.passwordAt());
    return status;
  }

  private static void put(Map<String, Object> object, String name, @Nullable Instant at) {
    if (at != null) {
      object.put(name, at.toString());
    }
  }
}
