package io.postern.console.api;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.tenants.Creation;
import io.postern.console.tenants.NewTenant;
import io.postern.console.tenants.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tenants: created with their administrator's invitation, listed, read.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class TenantCalls {
  static final String PATH = "/v1/tenants";
  static final String AUDIT_UID = "AuditUid";

  private final Tenants tenants;

  TenantCalls(Tenants tenants) {
    this.tenants = tenants;
  }

  /// Tenant, administrator, invitation and letter are made in one transaction.
  @Needs(Scope.TENANTS_WRITE)
  @PostMapping(PATH)
  ResponseEntity<Map<String, Object>> create(Actor actor, Fields fields) {
    fields.part("metadata").ignore("name", "labels", "annotations");
    var wanted = wanted(fields);
    return switch (tenants.create(actor, wanted)) {
      case Creation.Created(var uid, var auditUid) ->
          ResponseEntity.status(HttpStatus.CREATED)
              .header("Location", PATH + "/" + uid)
              .header(AUDIT_UID, auditUid)
              .body(Map.of("uid", uid));
      case Creation.Refused(var faults) ->
          throw new Refusal(
              409, "tenant-exists", String.join(" ", faults.values()), Map.of("fields", faults));
    };
  }

  /// The newest first; `text` is part of the name or of the administrator's address.
  @Needs(Scope.TENANTS_READ)
  @GetMapping(PATH)
  Map<String, Object> list(HttpServletRequest request) {
    var paging = Paging.of(request);
    var text = Paging.text(request);
    var page = tenants.list(text, paging.offset(), paging.limit());
    return paging.answer(page.entries().stream().map(TenantJson::of).toList(), page.total());
  }

  @Needs(Scope.TENANTS_READ)
  @GetMapping(PATH + "/{uid}")
  Map<String, Object> show(@PathVariable String uid) {
    var entry = tenants.find(uid);
    if (entry == null) {
      throw Refusal.notFound("tenant");
    }
    return TenantJson.of(entry);
  }

  private static NewTenant wanted(Fields fields) {
    var spec = fields.part("spec");
    var typed =
        Map.of(
            "orgName", spec.text("orgName"),
            "firstName", spec.text("firstName"),
            "lastName", spec.text("lastName"),
            "emailId", spec.text("emailId"));
    return switch (NewTenant.judge(typed)) {
      case NewTenant.Judged.Faulty(var faults) -> {
        faults.forEach(spec::fault);
        fields.check();
        throw new IllegalStateException("faults were found and not told");
      }
      case NewTenant.Judged.Good(var tenant) -> {
        fields.check();
        yield tenant;
      }
    };
  }
}
