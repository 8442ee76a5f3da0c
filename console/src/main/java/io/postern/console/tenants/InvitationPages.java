package io.postern.console.tenants;

import io.postern.console.accounts.Form;
import io.postern.console.accounts.Link;
import io.postern.console.accounts.LinkCookie;
import io.postern.console.accounts.Links;
import io.postern.console.accounts.Passwords;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page behind an invitation: a greeting with a button, then the choice of a password. Fetching
/// it changes nothing.
@Controller
@Open
class InvitationPages {
  private static final String PATH = "/activate";

  private final Pages pages;
  private final Invitations invitations;
  private final LinkCookie cookie;
  private final Passwords passwords;
  private final Proxies proxies;

  InvitationPages(
      Pages pages,
      Invitations invitations,
      LinkCookie cookie,
      Passwords passwords,
      Proxies proxies) {
    this.pages = pages;
    this.invitations = invitations;
    this.cookie = cookie;
    this.passwords = passwords;
    this.proxies = proxies;
  }

  @GetMapping(PATH)
  ResponseEntity<String> greet(HttpServletRequest request) {
    return show(request, HttpStatus.OK, Form.empty(), false);
  }

  /// The button of the greeting: from now on the invitation counts as opened.
  @PostMapping(PATH + "/open")
  ResponseEntity<String> open(HttpServletRequest request) {
    invitations.open(
        cookie.require(request, Link.Purpose.INVITATION), proxies.clientAddress(request));
    return show(request, HttpStatus.OK, Form.empty(), true);
  }

  /// Sets the password and signs nobody in.
  @PostMapping(PATH)
  ResponseEntity<String> activate(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam Map<String, String> typed) {
    var alive = cookie.require(request, Link.Purpose.INVITATION);
    var form = new Form(typed);
    var password = form.newPassword(passwords, alive.link().address());
    if (!form.isGood()) {
      return show(request, HttpStatus.UNPROCESSABLE_CONTENT, form, true);
    }
    if (!invitations.activate(alive, passwords.hash(password), proxies.clientAddress(request))) {
      throw ended();
    }
    cookie.clear(request, response);
    return pages.redirect(
        "/", "Your account is active. Sign in with the password you have just set.");
  }

  private ResponseEntity<String> show(
      HttpServletRequest request, HttpStatus status, Form form, boolean opened) {
    Links.Found.Alive alive = cookie.require(request, Link.Purpose.INVITATION);
    var tenant = invitations.tenantOf(alive);
    if (tenant == null) {
      throw ended();
    }
    return pages.show(
        status,
        "tenants/invitation",
        Map.of(
            "frame", pages.frame(request, "Welcome to " + tenant.name(), null),
            "tenant", tenant,
            "email", alive.link().address(),
            "form", form,
            "opened", opened));
  }

  private static Refusal ended() {
    return new Refusal(
        410,
        "link-ended",
        "This invitation was used or withdrawn a moment ago. Ask whoever invited you.");
  }
}
