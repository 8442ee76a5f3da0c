package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.PageSignIn;
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

/// Sign-in, log-out, and the password again for what needs it.
@Controller
final class LoginPages {
  private static final String FIRST_PAGE = "/system";

  private final Pages pages;
  private final SignIn signIn;
  private final SessionSignIn sessions;
  private final Proxies proxies;
  private final Doorkeeper keeper;

  LoginPages(
      Pages pages, SignIn signIn, SessionSignIn sessions, Proxies proxies, Doorkeeper keeper) {
    this.pages = pages;
    this.signIn = signIn;
    this.sessions = sessions;
    this.proxies = proxies;
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
            null, email.strip(), Secret.of(password), proxies.clientAddress(request));
    return switch (signIn.judge(attempt)) {
      case SignIn.Judgment.Wrong(var status, var sentence) ->
          form(HttpStatus.valueOf(status), request, new Typed(email, to, sentence));
      case SignIn.Judgment.Right(var account) -> {
        sessions.open(account, request, response);
        yield Pages.seeOther(local(to));
      }
    };
  }

  @Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
  @PostMapping("/system/logout")
  ResponseEntity<String> logOut(
      Actor actor, HttpServletRequest request, HttpServletResponse response) {
    keeper.record(actor);
    sessions.close(actor, request, response);
    return Pages.seeOther(actor.tenantUid() == null ? "/system/login" : "/");
  }

  @Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
  @GetMapping("/system/step-up")
  ResponseEntity<String> stepUp(
      HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
    return stepUpForm(HttpStatus.OK, request, to, "");
  }

  @Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
  @PostMapping("/system/step-up")
  ResponseEntity<String> stepUp(
      Actor actor,
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String to) {
    return switch (sessions.confirm(actor, password, request, response)) {
      case PageSignIn.Answer.Fresh _ -> Pages.seeOther(local(to));
      case PageSignIn.Answer.Refused(var sentence) ->
          stepUpForm(HttpStatus.UNPROCESSABLE_CONTENT, request, to, sentence);
    };
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
            "setup", keeper.isSetupNeeded()));
  }

  private ResponseEntity<String> stepUpForm(
      HttpStatus status, HttpServletRequest request, String to, String error) {
    var frame = pages.frame(request, "Enter your password again", null);
    return pages.show(
        status, "accounts/step-up", Map.of("frame", frame, "to", local(to), "error", error));
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
  record Doorkeeper(Database database, Audit audit, Bootstrap bootstrap) {
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
