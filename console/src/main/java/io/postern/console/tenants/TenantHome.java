package io.postern.console.tenants;

import io.postern.console.accounts.AddressRequests;
import io.postern.console.accounts.RelyingParty;
import io.postern.console.accounts.SecondStep;
import io.postern.console.accounts.SessionSignIn;
import io.postern.console.accounts.SignIn;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.Role;
import io.postern.console.settings.InstanceSettings;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The tenants' own page: sign-in, and that the account is active. The platform's real page takes
/// its place.
@Controller
@Open
class TenantHome {
  /// No tenant has it; so an unknown address takes the same way, and the same time, as a known one.
  private static final String NO_TENANT = "none";

  private final Pages pages;
  private final Tenants tenants;
  private final SignIn signIn;
  private final SessionSignIn sessions;
  private final Visit visit;

  TenantHome(Pages pages, Tenants tenants, SignIn signIn, SessionSignIn sessions, Visit visit) {
    this.pages = pages;
    this.tenants = tenants;
    this.signIn = signIn;
    this.sessions = sessions;
    this.visit = visit;
  }

  @GetMapping("/")
  ResponseEntity<String> show(HttpServletRequest request, @Nullable Actor actor) {
    if (actor == null) {
      return form(request, HttpStatus.OK, "", "");
    }
    var uid = actor.tenantUid();
    if (uid == null) {
      return Pages.seeOther("/system");
    }
    var entry = tenants.find(uid);
    if (entry == null) {
      throw TenantPages.missing();
    }
    return pages.show(
        "tenants/home",
        Map.of("frame", pages.frame(request, entry.tenant().name(), null), "entry", entry));
  }

  @PostMapping("/")
  ResponseEntity<String> signIn(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password) {
    var tenantUid = tenants.uidByAdmin(email.strip());
    var attempt =
        new SignIn.Attempt(
            tenantUid == null ? NO_TENANT : tenantUid,
            email.strip(),
            Secret.of(password),
            visit.proxies().clientAddress(request));
    return switch (signIn.judge(attempt)) {
      case SignIn.Judgment.Wrong wrong -> {
        wrong.tell(response);
        yield form(request, HttpStatus.valueOf(wrong.status()), email, wrong.sentence());
      }
      case SignIn.Judgment.Right(var account) -> {
        sessions.open(account, request, response);
        yield Pages.seeOther("/");
      }
      case SignIn.Judgment.Half(var account) ->
          Pages.seeOther(visit.secondStep().begin(account, request, response));
    };
  }

  /// The letter that proves the address: who came by a copied link has not proved it, and gets no
  /// reset by mail until then.
  @Allow(Role.TENANT)
  @PostMapping("/verify")
  ResponseEntity<String> verify(Actor actor) {
    return pages.redirect("/", queued(actor));
  }

  private String queued(Actor actor) {
    try {
      return switch (visit.addresses().verify(actor)) {
        case AddressRequests.Outcome.Done _ ->
            "A letter with a link is queued for %s. Use the link within an hour."
                .formatted(actor.email());
        case AddressRequests.Outcome.NoMail _ ->
            "No letter goes out at present. Try again later, or tell whoever runs the platform.";
        case AddressRequests.Outcome.Refused refused -> refused.sentence();
      };
    } catch (OutboxFullException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private ResponseEntity<String> form(
      HttpServletRequest request, HttpStatus status, String email, String error) {
    return pages.show(
        status,
        "tenants/sign-in",
        Map.of(
            "frame",
            pages.frame(request, visit.instance().displayName(), null),
            "email",
            email,
            "error",
            error,
            "party",
            RelyingParty.of(visit.instance().baseUrl())));
  }

  /// What a visit needs to know of the house.
  record Visit(
      Proxies proxies,
      InstanceSettings instance,
      SecondStep secondStep,
      AddressRequests addresses) {}
}
