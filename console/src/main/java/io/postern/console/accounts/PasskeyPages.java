package io.postern.console.accounts;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.BeforePasskey;
import io.postern.console.platform.web.Freshness;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *My Account › Passkeys*: the passkeys and the recovery codes of whoever is signed in.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
@BeforePasskey
final class PasskeyPages {
  static final String PATH = "/system/account/passkeys";

  private final Pages pages;
  private final PasskeyDesk desk;
  private final SessionSignIn sessions;
  private final Freshness freshness;

  PasskeyPages(Pages pages, PasskeyDesk desk, SessionSignIn sessions, Freshness freshness) {
    this.pages = pages;
    this.desk = desk;
    this.sessions = sessions;
    this.freshness = freshness;
  }

  @GetMapping(PATH)
  ResponseEntity<String> list(HttpServletRequest request, Actor actor) {
    return page(request, actor, HttpStatus.OK, Form.empty());
  }

  /// What the browser makes a passkey from. It changes nothing, and writes nothing.
  @GetMapping(PATH + "/question")
  ResponseEntity<Map<String, Object>> question(HttpServletRequest request, Actor actor) {
    return ResponseEntity.ok(desk.question(actor, sessions.sessionUid(request)));
  }

  @StepUp
  @PostMapping(PATH)
  ResponseEntity<String> add(
      HttpServletRequest request,
      HttpServletResponse response,
      Actor actor,
      @RequestParam Map<String, String> typed) {
    var form = new Form(typed);
    var name = name(form);
    if (!form.isGood()) {
      return page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
    }
    return switch (desk.add(actor, name, form.value("credential"), sessions.sessionUid(request))) {
      case PasskeyDesk.Outcome.Refused(var sentence) -> {
        form.refuse("name", sentence);
        yield page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
      }
      case PasskeyDesk.Outcome.Done(_, var isFirst) -> {
        sessions.renew(request, response);
        yield pages.redirect(
            PATH,
            form.done(
                isFirst
                    ? "The passkey is added. From now on signing in needs it; every other session and every API token has ended. Make recovery codes next."
                    : "The passkey is added."));
      }
    };
  }

  @GetMapping(PATH + "/{uid}")
  ResponseEntity<String> change(HttpServletRequest request, Actor actor, @PathVariable String uid) {
    return one(request, HttpStatus.OK, find(actor, uid), Form.empty());
  }

  @PostMapping(PATH + "/{uid}/rename")
  ResponseEntity<String> rename(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String uid,
      @RequestParam Map<String, String> typed) {
    var passkey = find(actor, uid);
    var form = new Form(typed);
    var name = name(form);
    if (!form.isGood()) {
      return one(request, HttpStatus.UNPROCESSABLE_CONTENT, passkey, form);
    }
    desk.rename(actor, passkey, name);
    return pages.redirect(PATH, form.done("The passkey is called %s now.".formatted(name)));
  }

  @StepUp
  @PostMapping(PATH + "/{uid}/remove")
  ResponseEntity<String> remove(Actor actor, @PathVariable String uid) {
    return switch (desk.remove(actor, find(actor, uid))) {
      case PasskeyDesk.Outcome.Refused(var sentence) -> pages.redirect(PATH, sentence);
      case PasskeyDesk.Outcome.Done(var passkey, _) ->
          pages.redirect(
              PATH,
              "The passkey %s is removed here. Delete it on your device, too."
                  .formatted(passkey.name()));
    };
  }

  /// Shows them once.
  @StepUp
  @PostMapping(PATH + "/codes")
  ResponseEntity<String> codes(HttpServletRequest request, Actor actor) {
    var codes = desk.drawCodes(actor);
    if (codes.isEmpty()) {
      return pages.redirect(PATH, "Recovery codes stand for a passkey. Add one first.");
    }
    var frame = pages.frame(request, AddressPages.TITLE, MenuItem.MY_ACCOUNT);
    return pages.show("accounts/recovery-codes", Map.of("frame", frame, "codes", codes));
  }

  private static String name(Form form) {
    var name = form.name("name");
    if (name.isEmpty()) {
      form.refuse("name", "Enter a name by which you will know it, such as Laptop.");
    } else if (name.length() > Passkey.NAME_CHARACTERS_MAX) {
      form.refuse(
          "name", "A name has at most %d characters.".formatted(Passkey.NAME_CHARACTERS_MAX));
    }
    return name;
  }

  private Passkey find(Actor actor, String uid) {
    var passkey = desk.find(actor.uid(), uid);
    if (passkey == null) {
      throw Refusal.notFound("passkey");
    }
    return passkey;
  }

  private ResponseEntity<String> one(
      HttpServletRequest request, HttpStatus status, Passkey passkey, Form form) {
    var frame = pages.frame(request, AddressPages.TITLE, MenuItem.MY_ACCOUNT);
    var view = desk.view(passkey.accountUid());
    return pages.show(
        status,
        "accounts/my-passkey",
        Map.of("frame", frame, "form", form, "passkey", passkey, "last", view.isLast()));
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, Actor actor, HttpStatus status, Form form) {
    var frame = pages.frame(request, AddressPages.TITLE, MenuItem.MY_ACCOUNT);
    var view = desk.view(actor.uid());
    return pages.show(
        status,
        "accounts/my-passkeys",
        Map.of(
            "frame", frame,
            "form", form,
            "passkeys", view.passkeys(),
            "codesLeft", view.codesLeft(),
            "required", view.required(),
            "party", view.party(),
            "fresh", freshness.isFresh(actor)));
  }
}
