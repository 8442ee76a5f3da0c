package io.postern.console.accounts;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Change role* and *Delete* of a system account, each with a page of its own, and *End all
/// sessions*, which needs none: it takes nothing away that signing in does not give back.
@Controller
@Allow({Role.ROOT, Role.ACCOUNTS})
class AccountChangePages {
  private static final String ONE = AccountPages.PATH + "/{uid}";

  private final Pages pages;
  private final SystemAccounts accounts;
  private final SignOuts signOuts;

  AccountChangePages(Pages pages, SystemAccounts accounts, SignOuts signOuts) {
    this.pages = pages;
    this.accounts = accounts;
    this.signOuts = signOuts;
  }

  @GetMapping(ONE + "/role")
  ResponseEntity<String> askRole(
      HttpServletRequest request, Actor actor, @PathVariable String uid) {
    var account = find(uid);
    return role(request, actor, account, new Typed(account.role().adminType(), ""));
  }

  @StepUp
  @PostMapping(ONE + "/role")
  ResponseEntity<String> role(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String uid,
      @RequestParam(defaultValue = "") String adminType) {
    var role = NewSystemAccount.role(adminType);
    if (role == null) {
      return role(request, actor, find(uid), new Typed(adminType, "Choose a role."));
    }
    return switch (accounts.changeRole(actor, uid, role)) {
      case AccountChange.NotFound _ -> throw AccountPages.missing();
      case AccountChange.Refused(_, var sentence) ->
          role(request, actor, find(uid), new Typed(adminType, sentence));
      case AccountChange.Done(var account, _) ->
          pages.redirect(
              AccountPages.PATH,
              "%s is %s from now on.".formatted(account.displayName(), role.label()));
    };
  }

  @GetMapping(ONE + "/delete")
  ResponseEntity<String> askDelete(HttpServletRequest request, @PathVariable String uid) {
    return delete(request, find(uid), new Typed("", ""));
  }

  @StepUp
  @PostMapping(ONE + "/delete")
  ResponseEntity<String> delete(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String uid,
      @RequestParam(defaultValue = "") String name) {
    return switch (accounts.delete(actor, uid, name)) {
      case AccountChange.NotFound _ -> throw AccountPages.missing();
      case AccountChange.Refused(_, var sentence) ->
          delete(request, find(uid), new Typed(name, sentence));
      case AccountChange.Done(var account, _) ->
          pages.redirect(
              AccountPages.PATH,
              "%s is deleted; its sessions and keys have ended.".formatted(account.email()));
    };
  }

  @GetMapping(ONE + "/end-sessions")
  ResponseEntity<String> askEndSessions(HttpServletRequest request, @PathVariable String uid) {
    return pages.show(
        "accounts/end-sessions",
        Map.of(
            "frame",
            pages.frame(request, "End all sessions", MenuItem.ACCOUNTS),
            "account",
            find(uid)));
  }

  @StepUp
  @PostMapping(ONE + "/end-sessions")
  ResponseEntity<String> endSessions(Actor actor, @PathVariable String uid) {
    return switch (signOuts.endAll(actor, uid)) {
      case AccountChange.NotFound _ -> throw AccountPages.missing();
      case AccountChange.Refused(var obstacle, var sentence) ->
          throw new Refusal(
              obstacle == AccountChange.Obstacle.ROOT_ONLY ? 403 : 409, obstacle.code(), sentence);
      case AccountChange.Done(var account, _) ->
          pages.redirect(
              AccountPages.PATH,
              "Every session and API token of %s has ended.".formatted(account.email()));
    };
  }

  private Account find(String uid) {
    var entry = accounts.find(uid);
    if (entry == null) {
      throw AccountPages.missing();
    }
    return entry.account();
  }

  private ResponseEntity<String> role(
      HttpServletRequest request, Actor actor, Account account, Typed typed) {
    var model = new HashMap<String, Object>();
    model.put("frame", pages.frame(request, "Change role", MenuItem.ACCOUNTS));
    model.put("account", account);
    model.put("roles", RoleChoice.of(actor.role(), typed.text()));
    model.put("fault", typed.fault());
    return pages.show(typed.status(), "accounts/role", model);
  }

  private ResponseEntity<String> delete(HttpServletRequest request, Account account, Typed typed) {
    var model = new HashMap<String, Object>();
    model.put("frame", pages.frame(request, "Delete account", MenuItem.ACCOUNTS));
    model.put("account", account);
    model.put("name", typed.text());
    model.put("fault", typed.fault());
    return pages.show(typed.status(), "accounts/delete", model);
  }

  /// What stands in the form, and what is wrong with it; empty when nothing is.
  private record Typed(String text, String fault) {
    HttpStatus status() {
      return fault.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }
  }
}
