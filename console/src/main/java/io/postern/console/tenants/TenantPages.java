package io.postern.console.tenants;

import io.postern.console.accounts.Form;
import io.postern.console.letters.MailReadiness;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
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

/// *Tenant Management*: the list, *Create New Tenant*, *Activate* and *Resend invitation*.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class TenantPages {
  static final String PATH = "/system/tenants";
  static final String TITLE = "Tenant Management";

  private final Pages pages;
  private final Tenants tenants;
  private final Invitations invitations;
  private final MailReadiness readiness;

  TenantPages(Pages pages, Tenants tenants, Invitations invitations, MailReadiness readiness) {
    this.pages = pages;
    this.tenants = tenants;
    this.invitations = invitations;
    this.readiness = readiness;
  }

  /// @param page counted from 1
  @GetMapping(PATH)
  ResponseEntity<String> list(
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "1") int page) {
    var shown = Math.clamp(page, 1, 1_000_000);
    var found = tenants.list(text.strip(), (shown - 1) * Tenants.PAGE_ROWS, Tenants.PAGE_ROWS);
    return pages.show(
        "tenants/tenants",
        Map.of(
            "frame",
            pages.frame(request, TITLE, MenuItem.TENANTS),
            "found",
            found,
            "text",
            text.strip(),
            "page",
            shown));
  }

  @GetMapping(PATH + "/new")
  ResponseEntity<String> blank(HttpServletRequest request) {
    return form(request, HttpStatus.OK, Form.empty());
  }

  @PostMapping(PATH)
  ResponseEntity<String> create(
      HttpServletRequest request, Actor actor, @RequestParam Map<String, String> typed) {
    var form = new Form(typed);
    return switch (NewTenant.judge(typed)) {
      case NewTenant.Judged.Faulty(var faults) -> refused(request, form, faults);
      case NewTenant.Judged.Good(var tenant) -> create(request, actor, form, tenant);
    };
  }

  /// The link as text to copy. By POST, because showing it is noted in the audit log.
  @StepUp
  @PostMapping(PATH + "/{uid}/activate")
  ResponseEntity<String> activate(
      HttpServletRequest request, Actor actor, @PathVariable String uid) {
    return switch (invitations.show(actor, uid)) {
      case Invitations.Shown.NotFound _ -> throw missing();
      case Invitations.Shown.Refused(var sentence) -> pages.redirect(PATH, sentence);
      case Invitations.Shown.Url url ->
          pages.show(
              "tenants/activate",
              Map.of("frame", pages.frame(request, TITLE, MenuItem.TENANTS), "shown", url));
    };
  }

  @PostMapping(PATH + "/{uid}/invitation")
  ResponseEntity<String> resend(Actor actor, @PathVariable String uid) {
    try {
      return switch (invitations.resend(actor, uid)) {
        case Lifecycle.NotFound _ -> throw missing();
        case Lifecycle.Refused(var sentence) -> pages.redirect(PATH, sentence);
        case Lifecycle.Done(var tenant, _) ->
            pages.redirect(
                PATH,
                "A new invitation to %s is queued; the link before works no longer. %s"
                    .formatted(tenant.invitation().email(), withoutMail())
                    .strip());
      };
    } catch (OutboxFullException e) {
      return pages.redirect(PATH, String.valueOf(e.getMessage()));
    }
  }

  static Refusal missing() {
    return new Refusal(
        404, "tenant-not-found", "There is no such tenant; it may have been removed meanwhile.");
  }

  private ResponseEntity<String> create(
      HttpServletRequest request, Actor actor, Form form, NewTenant tenant) {
    try {
      return switch (tenants.create(actor, tenant)) {
        case Creation.Refused(var faults) -> refused(request, form, faults);
        case Creation.Created _ ->
            pages.redirect(
                PATH,
                form.done(
                    "%s is created, and the invitation to %s is queued. %s"
                        .formatted(tenant.orgName(), tenant.email(), withoutMail())
                        .strip()));
      };
    } catch (OutboxFullException e) {
      return full(request, form, e);
    }
  }

  private ResponseEntity<String> full(
      HttpServletRequest request, Form form, OutboxFullException full) {
    form.refuse(Form.WHOLE, String.valueOf(full.getMessage()));
    return form(request, HttpStatus.SERVICE_UNAVAILABLE, form);
  }

  private String withoutMail() {
    return readiness.isMailSetUp()
        ? ""
        : "It waits until SMTP is configured; Activate in its row shows the link to copy.";
  }

  private ResponseEntity<String> refused(
      HttpServletRequest request, Form form, Map<String, String> faults) {
    faults.forEach(form::refuse);
    return form(request, HttpStatus.UNPROCESSABLE_CONTENT, form);
  }

  private ResponseEntity<String> form(HttpServletRequest request, HttpStatus status, Form form) {
    return pages.show(
        status,
        "tenants/new",
        Map.of(
            "frame", pages.frame(request, "Create New Tenant", MenuItem.TENANTS),
            "form", form,
            "warnings", readiness.warnings()));
  }
}
