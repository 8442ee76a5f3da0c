package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.BeforePasskey;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/// Sign-in with a password or a passkey, and log-out.
@Controller
final class LoginPages {
  static final String PATH = "/system/login";
  private static final String FIRST_PAGE = "/system";

  private final Pages pages;
  private final SignIn signIn;
  private final SessionSignIn sessions;
  private final PasskeySignIn passkeys;
  private final Doorkeeper keeper;

  LoginPages(
      Pages pages,
      SignIn signIn,
      SessionSignIn sessions,
      PasskeySignIn passkeys,
      Doorkeeper keeper) {
    this.pages = pages;
    this.signIn = signIn;
    this.sessions = sessions;
    this.passkeys = passkeys;
    this.keeper = keeper;
  }

  @Open
  @GetMapping("/system/login")
  ResponseEntity<String> login(
      @Nullable Actor actor,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String to) {
    return actor != null && actor.tenantUid() == null
        ? Pages.seeOther(local(to))
        : form(HttpStatus.OK, request, new Typed("", to, ""));
  }

  @Open
  @PostMapping("/system/login")
  ResponseEntity<String> signIn(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String to) {
    var attempt =
        new SignIn.Attempt(
            null, email.strip(), Secret.of(password), keeper.proxies().clientAddress(request));
    return switch (signIn.judge(attempt)) {
      case SignIn.Judgment.Wrong wrong -> {
        wrong.tell(response);
        yield form(
            HttpStatus.valueOf(wrong.status()), request, new Typed(email, to, wrong.sentence()));
      }
      case SignIn.Judgment.Right(var account) -> {
        sessions.open(account, request, response);
        yield Pages.seeOther(local(to));
      }
      case SignIn.Judgment.Half(var account) ->
          Pages.seeOther(
              UriComponentsBuilder.fromPath(passkeys.step().begin(account, request, response))
                  .queryParam("to", "{to}")
                  .encode()
                  .buildAndExpand(local(to))
                  .toUriString());
    };
  }

  /// What the browser's passkeys are asked. It changes nothing, and writes nothing.
  @Open
  @GetMapping(PATH + "/passkey")
  ResponseEntity<Map<String, Object>> question(HttpServletRequest request) {
    return ResponseEntity.ok(passkeys.question(request));
  }

  /// A passkey alone, on the sign-in page of the console or of tenants.
  @Open
  @PostMapping(PATH + "/passkey")
  ResponseEntity<String> passkey(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String credential,
      @RequestParam(defaultValue = "") String to) {
    return switch (passkeys.judge(credential, request)) {
      case SecondFactor.Judgment.Wrong(var sentence) ->
          pages.redirect(to.equals("/") ? "/" : PATH, sentence);
      case SecondFactor.Judgment.Right(var account, _) -> {
        sessions.open(account, request, response);
        yield Pages.seeOther(account.tenantUid() == null ? local(to) : "/");
      }
    };
  }

  @Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
  @BeforePasskey
  @PostMapping("/system/logout")
  ResponseEntity<String> logOut(
      Actor actor, HttpServletRequest request, HttpServletResponse response) {
    keeper.record(actor);
    sessions.close(actor, request, response);
    return Pages.seeOther(actor.tenantUid() == null ? "/system/login" : "/");
  }

  private ResponseEntity<String> form(HttpStatus status, HttpServletRequest request, Typed typed) {
    var frame = pages.frame(request, "Sign in", null);
    return pages.show(
        status,
        "accounts/login",
        Map.of(
            "frame", frame,
            "email", typed.email(),
            "to", typed.to(),
            "error", typed.error(),
            "setup", keeper.isSetupNeeded(),
            "party", passkeys.party()));
  }

  /// Only a path of ours: `//host`, `/\host` and whole addresses lead elsewhere.
  static String local(String to) {
    var isPath = to.startsWith("/") && !to.startsWith("//") && to.matches("[!-\\[\\]-~]+");
    var isLogin = to.startsWith("/system/login") || to.startsWith("/system/logout");
    return isPath && !isLogin && URI.create(FIRST_PAGE).resolve(to).getHost() == null
        ? to
        : FIRST_PAGE;
  }

  /// What comes back into the form, with what was wrong.
  private record Typed(String email, String to, String error) {}

  /// What sign-in and log-out want from the database besides the judgment.
  record Doorkeeper(Database database, Audit audit, Bootstrap bootstrap, Proxies proxies) {
    boolean isSetupNeeded() {
      return bootstrap.isNeeded();
    }

    void record(Actor actor) {
      database.write(tx ->
          audit.record(
              tx,
              actor,
              Audit.Action.SIGN_OUT,
              new Audit.Object("account", actor.uid(), actor.email()),
              "Signed out"));
    }
  }
}
