package io.postern.console.accounts;

import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.PageSignIn;
import io.postern.console.platform.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// After the right password of an account with a passkey: the passkey, or a recovery code.
@Controller
@Open
final class SecondStepPages {
  static final String PATH = "/system/login/second";

  private final Pages pages;
  private final SessionSignIn sessions;
  private final PasskeySignIn passkeys;
  private final PasskeyDesk desk;

  SecondStepPages(Pages pages, SessionSignIn sessions, PasskeySignIn passkeys, PasskeyDesk desk) {
    this.pages = pages;
    this.sessions = sessions;
    this.passkeys = passkeys;
    this.desk = desk;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(
      HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
    var account = passkeys.step().waiting(request);
    return account == null ? late() : page(request, HttpStatus.OK, account, new Typed(to, ""));
  }

  /// What the browser's passkeys are asked. It changes nothing, and writes nothing.
  @GetMapping(PATH + "/passkey")
  ResponseEntity<Map<String, Object>> question(HttpServletRequest request) {
    var account = passkeys.step().waiting(request);
    if (account == null) {
      return ResponseEntity.status(HttpStatus.GONE).build();
    }
    var question =
        new Challenges.Question(Challenges.Purpose.SECOND_FACTOR, passkeys.step().bound(request));
    return ResponseEntity.ok(
        passkeys.questions().signature(question, desk.credentialIds(account.uid())));
  }

  @PostMapping(PATH)
  ResponseEntity<String> give(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String credential,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String to) {
    var account = passkeys.step().waiting(request);
    if (account == null) {
      return late();
    }
    var given = new PageSignIn.Given("", credential, code.strip());
    var address = passkeys.proxies().clientAddress(request);
    var bound = passkeys.step().bound(request);
    return switch (passkeys.factor().second(account, given, bound, address)) {
      case SecondFactor.Judgment.Wrong(var sentence) ->
          page(request, HttpStatus.UNAUTHORIZED, account, new Typed(to, sentence));
      case SecondFactor.Judgment.Right(var known, var left) -> {
        passkeys.step().end(request, response);
        sessions.open(known, request, response);
        yield welcome(known, left, to);
      }
    };
  }

  /// Whoever used a code is told how many are left, where new ones are made.
  private ResponseEntity<String> welcome(Account account, int codesLeft, String to) {
    if (codesLeft >= 0) {
      return pages.redirect(
          PasskeyPages.PATH,
          "You signed in with a recovery code; %d are left. Add a passkey if you lost yours, and remove the lost one."
              .formatted(codesLeft));
    }
    return Pages.seeOther(account.tenantUid() == null ? LoginPages.local(to) : "/");
  }

  private ResponseEntity<String> late() {
    return pages.redirect(
        LoginPages.PATH,
        "The second step waited longer than 10 minutes, or was not begun. Sign in again.");
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, HttpStatus status, Account account, Typed typed) {
    var frame = pages.frame(request, "Second step", null);
    var isElsewhere = desk.credentialIds(account.uid()).isEmpty();
    return pages.show(
        status,
        "accounts/second-step",
        Map.of(
            "frame", frame,
            "to", typed.to(),
            "error", typed.error(),
            "party", passkeys.party(),
            "elsewhere", isElsewhere));
  }

  /// What comes back into the page, with what was wrong.
  private record Typed(String to, String error) {}
}
