package io.postern.console.api;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import io.postern.console.tenants.Invitations;
import io.postern.console.tenants.Lifecycle;
import io.postern.console.tenants.Removals;
import io.postern.console.tenants.Tenants;
import java.util.LinkedHashMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What becomes of a tenant after it was created.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class TenantLifeCalls {
  private static final String ONE = TenantCalls.PATH + "/{uid}";

  private final Tenants tenants;
  private final Invitations invitations;
  private final Removals removals;

  TenantLifeCalls(Tenants tenants, Invitations invitations, Removals removals) {
    this.tenants = tenants;
    this.invitations = invitations;
    this.removals = removals;
  }

  /// `isActive` true restores a tenant that is marked for deletion. While its administrator has no
  /// password yet it answers 200 with the activation link, so that mail is never the only way;
  /// afterwards 204.
  @StepUp
  @Needs(Scope.TENANTS_WRITE)
  @PatchMapping(ONE + "/activate")
  ResponseEntity<?> activate(Actor actor, @PathVariable String uid, Fields fields) {
    if (!fields.flag("isActive")) {
      fields.fault(
          "isActive", "Only true can be sent. To close a tenant, delete it; it can be restored.");
    }
    fields.check();
    var tenant = find(uid).tenant();
    if (tenant.isMarked()) {
      done(removals.restore(actor, uid));
    }
    return tenant.invitation().activatedAt() == null
        ? link(invitations.show(actor, uid))
        : ResponseEntity.noContent().build();
  }

  /// Sends the invitation again; the link before it ends.
  @Needs(Scope.TENANTS_WRITE)
  @PostMapping(ONE + "/invitation")
  ResponseEntity<Void> invite(Actor actor, @PathVariable String uid) {
    return done(invitations.resend(actor, uid));
  }

  /// Marks the tenant for deletion.
  @StepUp
  @Needs(Scope.TENANTS_WRITE)
  @DeleteMapping(ONE)
  ResponseEntity<Void> delete(Actor actor, @PathVariable String uid) {
    return done(removals.delete(actor, uid));
  }

  /// Removes a tenant that is marked for deletion, with its users and mails. People type its name
  /// for this; a program that knows the identifier has named it.
  @StepUp
  @Needs(Scope.TENANTS_WRITE)
  @DeleteMapping(ONE + "/cleanUp")
  ResponseEntity<Void> cleanUp(Actor actor, @PathVariable String uid) {
    return done(removals.cleanUp(actor, uid, find(uid).tenant().name()));
  }

  private Tenants.Entry find(String uid) {
    var entry = tenants.find(uid);
    if (entry == null) {
      throw Refusal.notFound("tenant");
    }
    return entry;
  }

  private static ResponseEntity<?> link(Invitations.Shown shown) {
    return switch (shown) {
      case Invitations.Shown.NotFound _ -> throw Refusal.notFound("tenant");
      case Invitations.Shown.Refused(var sentence) -> throw notNow(sentence);
      case Invitations.Shown.Url(_, var url, var until, var auditUid) -> {
        var body = new LinkedHashMap<String, Object>();
        body.put("activationLink", url);
        body.put("expiry", until.toString());
        yield ResponseEntity.ok().header(TenantCalls.AUDIT_UID, auditUid).body(body);
      }
    };
  }

  private static ResponseEntity<Void> done(Lifecycle outcome) {
    return switch (outcome) {
      case Lifecycle.NotFound _ -> throw Refusal.notFound("tenant");
      case Lifecycle.Refused(var sentence) -> throw notNow(sentence);
      case Lifecycle.Done(_, var auditUid) ->
          ResponseEntity.noContent().header(TenantCalls.AUDIT_UID, auditUid).build();
    };
  }

  private static Refusal notNow(String sentence) {
    return new Refusal(409, "tenant-state", sentence);
  }
}
