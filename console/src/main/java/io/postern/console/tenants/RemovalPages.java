package io.postern.console.tenants;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Delete*, *Clean up* and *Force Cleanup & Delete*, each with a page that says what will be lost,
/// and *Restore*.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class RemovalPages {
  /// What somebody asked for.
  ///
  /// @param name as it was typed, to show that it is meant
  private record Typed(String uid, Removal removal, String name) {}

  private final Pages pages;
  private final Tenants tenants;
  private final Removals removals;

  RemovalPages(Pages pages, Tenants tenants, Removals removals) {
    this.pages = pages;
    this.tenants = tenants;
    this.removals = removals;
  }

  @GetMapping(TenantPages.PATH + "/{uid}/delete")
  ResponseEntity<String> askDelete(HttpServletRequest request, @PathVariable String uid) {
    return ask(request, uid, Removal.DELETE);
  }

  @PostMapping(TenantPages.PATH + "/{uid}/delete")
  ResponseEntity<String> delete(HttpServletRequest request, Actor actor, @PathVariable String uid) {
    return after(request, new Typed(uid, Removal.DELETE, ""), removals.delete(actor, uid));
  }

  @PostMapping(TenantPages.PATH + "/{uid}/restore")
  ResponseEntity<String> restore(Actor actor, @PathVariable String uid) {
    return switch (removals.restore(actor, uid)) {
      case Lifecycle.NotFound _ -> throw TenantPages.missing();
      case Lifecycle.Refused(var sentence) -> pages.redirect(TenantPages.PATH, sentence);
      case Lifecycle.Done(var tenant, _) ->
          pages.redirect(
              TenantPages.PATH,
              "%s is restored. Cancelled mails stay cancelled.".formatted(tenant.name()));
    };
  }

  @GetMapping(TenantPages.PATH + "/{uid}/clean-up")
  ResponseEntity<String> askCleanUp(HttpServletRequest request, @PathVariable String uid) {
    return ask(request, uid, Removal.CLEAN_UP);
  }

  @StepUp
  @PostMapping(TenantPages.PATH + "/{uid}/clean-up")
  ResponseEntity<String> cleanUp(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String uid,
      @RequestParam(defaultValue = "") String name) {
    return after(
        request, new Typed(uid, Removal.CLEAN_UP, name), removals.cleanUp(actor, uid, name));
  }

  @GetMapping(TenantPages.PATH + "/{uid}/force")
  ResponseEntity<String> askForce(HttpServletRequest request, @PathVariable String uid) {
    return ask(request, uid, Removal.FORCE);
  }

  @StepUp
  @PostMapping(TenantPages.PATH + "/{uid}/force")
  ResponseEntity<String> force(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String uid,
      @RequestParam(defaultValue = "") String name) {
    return after(request, new Typed(uid, Removal.FORCE, name), removals.force(actor, uid, name));
  }

  private ResponseEntity<String> after(HttpServletRequest request, Typed typed, Lifecycle outcome) {
    return switch (outcome) {
      case Lifecycle.NotFound _ -> throw TenantPages.missing();
      case Lifecycle.Refused(var sentence) ->
          ask(request, HttpStatus.UNPROCESSABLE_CONTENT, typed, sentence);
      case Lifecycle.Done(var tenant, _) ->
          pages.redirect(
              TenantPages.PATH,
              typed.removal() == Removal.DELETE
                  ? "%s is marked for deletion. Restore brings it back; Clean up removes it for good."
                      .formatted(tenant.name())
                  : "%s is removed.".formatted(tenant.name()));
    };
  }

  private ResponseEntity<String> ask(HttpServletRequest request, String uid, Removal removal) {
    return ask(request, HttpStatus.OK, new Typed(uid, removal, ""), "");
  }

  private ResponseEntity<String> ask(
      HttpServletRequest request, HttpStatus status, Typed typed, String fault) {
    var entry = tenants.find(typed.uid());
    if (entry == null) {
      throw TenantPages.missing();
    }
    return pages.show(
        status,
        "tenants/removal",
        Map.of(
            "frame",
            pages.frame(request, typed.removal().label(), MenuItem.TENANTS),
            "tenant",
            entry.tenant(),
            "removal",
            typed.removal(),
            "name",
            typed.name(),
            "fault",
            fault));
  }
}
