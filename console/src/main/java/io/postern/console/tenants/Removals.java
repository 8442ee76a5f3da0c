package io.postern.console.tenants;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;

/// Marks tenants for deletion, restores them, and removes them with everything that is theirs.
public final class Removals {
  private final TenantParts parts;

  Removals(TenantParts parts) {
    this.parts = parts;
  }

  /// Marks the tenant for deletion: its users can no longer sign in, its waiting mail is cancelled,
  /// and it can be restored.
  public Lifecycle delete(Actor actor, String uid) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, uid);
          if (tenant == null) {
            return new Lifecycle.NotFound();
          }
          if (tenant.isMarked()) {
            return new Lifecycle.Refused(
                "\"%s\" is marked for deletion already.".formatted(tenant.name()));
          }
          var cancelled = mark(tx, uid);
          return done(
              tx, actor, tenant, "Marked for deletion; waiting mails cancelled: " + cancelled);
        });
  }

  /// Undoes [#delete]. Cancelled mail stays cancelled.
  public Lifecycle restore(Actor actor, String uid) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, uid);
          if (tenant == null) {
            return new Lifecycle.NotFound();
          }
          if (!parts.store().unmark(tx, uid)) {
            return new Lifecycle.Refused(
                "\"%s\" is not marked for deletion; there is nothing to restore."
                    .formatted(tenant.name()));
          }
          parts.accounts().resumeTenant(tx, uid);
          return done(tx, actor, tenant, "Restored");
        });
  }

  /// Removes a tenant that is marked for deletion: users, mails, then the tenant.
  ///
  /// @param typedName the name as the operator typed it; nothing happens when it is another
  public Lifecycle cleanUp(Actor actor, String uid, String typedName) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, uid);
          if (tenant == null) {
            return new Lifecycle.NotFound();
          }
          if (!tenant.isMarked()) {
            return new Lifecycle.Refused(
                "\"%s\" is in use. Delete it first, then clean it up.".formatted(tenant.name()));
          }
          if (!tenant.name().equals(typedName.strip())) {
            return another(tenant);
          }
          return removed(tx, actor, tenant, "Cleaned up: users, mails and the tenant are gone");
        });
  }

  /// Deletes and cleans up at once.
  ///
  /// @param typedName the name as the operator typed it; nothing happens when it is another
  public Lifecycle force(Actor actor, String uid, String typedName) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, uid);
          if (tenant == null) {
            return new Lifecycle.NotFound();
          }
          if (!tenant.name().equals(typedName.strip())) {
            return another(tenant);
          }
          mark(tx, uid);
          return removed(
              tx,
              actor,
              tenant,
              "Deleted and cleaned up by force: users, mails and the tenant are gone");
        });
  }

  private static Lifecycle another(Tenant tenant) {
    return new Lifecycle.Refused(
        "The name does not match. Type \"%s\" to remove it.".formatted(tenant.name()));
  }

  private int mark(Transaction tx, String uid) {
    parts.store().mark(tx, uid, parts.clock().instant());
    parts.accounts().suspendTenant(tx, uid);
    return parts.outbox().cancelFor(tx, uid);
  }

  private Lifecycle removed(Transaction tx, Actor actor, Tenant tenant, String sentence) {
    parts.accounts().deleteTenant(tx, tenant.uid());
    parts.outbox().deleteFor(tx, tenant.uid());
    parts.store().delete(tx, tenant.uid());
    var auditUid =
        parts.audit().record(tx, actor, Audit.Action.DELETE, Invitations.object(tenant), sentence);
    return new Lifecycle.Done(tenant, auditUid);
  }

  private Lifecycle done(Transaction tx, Actor actor, Tenant tenant, String sentence) {
    var auditUid =
        parts.audit().record(tx, actor, Audit.Action.UPDATE, Invitations.object(tenant), sentence);
    return new Lifecycle.Done(tenant, auditUid);
  }
}
