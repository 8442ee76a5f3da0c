package io.postern.console.accounts;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.BeforePasskey;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The password, a passkey or a recovery code again, for what needs a fresh one.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
@BeforePasskey
final class StepUpPages {
  private static final String PATH = "/system/step-up";

  private final Pages pages;
  private final SessionSignIn sessions;
  private final PasskeyQuestions questions;
  private final PasskeyDesk desk;

  StepUpPages(Pages pages, SessionSignIn sessions, PasskeyQuestions questions, PasskeyDesk desk) {
    this.pages = pages;
    this.sessions = sessions;
    this.questions = questions;
    this.desk = desk;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(
      HttpServletRequest request, Actor actor, @RequestParam(defaultValue = "") String to) {
    var again = sessions.again(actor, request);
    var frame = pages.frame(request, again.title(), null);
    return pages.show(
        "accounts/step-up", Map.of("frame", frame, "to", LoginPages.local(to), "again", again));
  }

  /// Whatever was given was judged before it came here, as for every other form.
  @StepUp
  @PostMapping(PATH)
  ResponseEntity<String> confirmed(@RequestParam(defaultValue = "") String to) {
    return Pages.seeOther(LoginPages.local(to));
  }

  /// What the browser's passkeys are asked. It changes nothing, and writes nothing.
  @GetMapping(PATH + "/passkey")
  ResponseEntity<Map<String, Object>> question(HttpServletRequest request, Actor actor) {
    var question =
        new Challenges.Question(Challenges.Purpose.STEP_UP, sessions.sessionUid(request));
    return ResponseEntity.ok(questions.signature(question, desk.credentialIds(actor.uid())));
  }
}
