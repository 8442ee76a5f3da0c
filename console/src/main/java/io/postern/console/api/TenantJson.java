package io.postern.console.api;

import io.postern.console.accounts.Account;
import io.postern.console.tenants.Tenants;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant in the model's shape, with its invitation as ours. No link is in it.
final class TenantJson {
  private TenantJson() {}

  static Map<String, Object> of(Tenants.Entry entry) {
    var body = new LinkedHashMap<String, Object>();
    body.put("metadata", metadata(entry));
    body.put("spec", spec(entry));
    body.put("status", status(entry));
    return body;
  }

  private static Map<String, Object> metadata(Tenants.Entry entry) {
    var tenant = entry.tenant();
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", tenant.uid());
    metadata.put("name", tenant.name());
    metadata.put("creationTimestamp", tenant.createdAt().toString());
    put(metadata, "deletionTimestamp", tenant.markedAt());
    return metadata;
  }

  private static Map<String, Object> spec(Tenants.Entry entry) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("orgName", entry.tenant().name());
    spec.put("firstName", entry.admin().firstName());
    spec.put("lastName", entry.admin().lastName());
    spec.put("emailId", entry.admin().email());
    return spec;
  }

  private static Map<String, Object> status(Tenants.Entry entry) {
    var invitation = entry.tenant().invitation();
    var invited = new LinkedHashMap<String, Object>();
    invited.put("state", entry.invitation().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    invited.put("emailId", invitation.email());
    invited.put("mailUid", invitation.mailUid());
    invited.put("sentAt", invitation.sentAt().toString());
    invited.put("expiresAt", invitation.expiresAt().toString());
    put(invited, "openedAt", invitation.openedAt());
    put(invited, "activatedAt", invitation.activatedAt());
    var status = new LinkedHashMap<String, Object>();
    status.put("isActive", entry.admin().state() == Account.State.ACTIVE);
    status.put("toBeDeleted", entry.tenant().isMarked());
    status.put("invitation", invited);
    return status;
  }

  private static void put(Map<String, Object> object, String name, @Nullable Instant at) {
    if (at != null) {
      object.put(name, at.toString());
    }
  }
}
