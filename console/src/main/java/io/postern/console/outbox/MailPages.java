package io.postern.console.outbox;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import io.postern.console.settings.RelaySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Mail*: what was sent and what is waiting, one mail with its tries, and what can be done about
/// it.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class MailPages {
  static final String PATH = "/system/mail";
  private static final String TITLE = "Mail";
  private static final int PAGES_MAX = 1_000_000;

  private final Pages pages;
  private final Mails mails;
  private final Outbox outbox;
  private final RelaySettings settings;
  private final LetterNames names;

  MailPages(Pages pages, Mails mails, Outbox outbox, RelaySettings settings, LetterNames names) {
    this.pages = pages;
    this.mails = mails;
    this.outbox = outbox;
    this.settings = settings;
    this.names = names;
  }

  /// @param state a word such as `retry-wait`; anything else shows all
  /// @param page counted from 1
  @GetMapping(PATH)
  ResponseEntity<String> list(
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "1") int page) {
    var shown = Math.clamp(page, 1, PAGES_MAX);
    var wanted = MailState.ofWord(state);
    var typed = text.strip();
    var found =
        mails.list(new Mails.Filter(wanted, typed, (shown - 1) * MailList.ROWS, MailList.ROWS));
    var list =
        new MailList(
            found,
            mails.counts(),
            mails.health(),
            wanted,
            typed,
            shown,
            obstacle(),
            outbox.obstacle(),
            mails.slowed(),
            mails.now());
    return pages.show(
        "outbox/mails", Map.of("frame", pages.frame(request, TITLE, MenuItem.MAIL), "list", list));
  }

  @GetMapping(PATH + "/{uid}")
  ResponseEntity<String> show(HttpServletRequest request, @PathVariable String uid) {
    var mail = mail(uid);
    var attempts = mails.attempts(uid);
    return pages.show(
        "outbox/mail",
        Map.of(
            "frame",
            pages.frame(request, TITLE, MenuItem.MAIL),
            "mail",
            mail,
            "letter",
            names.of(mail.kind()),
            "attempts",
            attempts.reversed(),
            "slowed",
            mails.slowed(),
            "at",
            mails.now()));
  }

  @PostMapping(PATH + "/{uid}/retry")
  ResponseEntity<String> retry(Actor actor, @PathVariable String uid) {
    var sentence =
        outbox.retryNow(actor, uid)
            ? "The mail is due now." + paused()
            : "Nothing was done: "
                + standing(uid)
                + " Only a waiting or failed mail whose time is not over can be retried.";
    return pages.redirect(PATH + "/" + uid, sentence);
  }

  /// Asks before it is done.
  @GetMapping(PATH + "/{uid}/cancel")
  ResponseEntity<String> confirm(HttpServletRequest request, @PathVariable String uid) {
    return pages.show(
        "outbox/cancel",
        Map.of("frame", pages.frame(request, "Cancel a mail", MenuItem.MAIL), "mail", mail(uid)));
  }

  @StepUp
  @PostMapping(PATH + "/{uid}/cancel")
  ResponseEntity<String> cancel(Actor actor, @PathVariable String uid) {
    var sentence =
        outbox.cancel(actor, uid)
            ? "The mail is cancelled and will not be sent."
            : "Nothing was cancelled: " + standing(uid);
    return pages.redirect(PATH + "/" + uid, sentence);
  }

  @PostMapping(PATH + "/send-all")
  ResponseEntity<String> sendAll(Actor actor) {
    var released = outbox.sendAllWaiting(actor);
    return pages.redirect(
        PATH,
        switch (released) {
          case 0 -> "No mail waits for the relay or for its next try.";
          case 1 -> "One mail is due now." + paused();
          default -> released + " mails are due now." + paused();
        });
  }

  @PostMapping(PATH + "/pause")
  ResponseEntity<String> pause(Actor actor) {
    outbox.pause(actor, true);
    // The page says it itself.
    return Pages.seeOther(PATH);
  }

  @PostMapping(PATH + "/resume")
  ResponseEntity<String> resume(Actor actor) {
    outbox.pause(actor, false);
    return pages.redirect(PATH, "Sending goes on.");
  }

  private QueuedMail mail(String uid) {
    var mail = mails.find(uid);
    if (mail == null) {
      throw Refusal.notFound("mail");
    }
    return mail;
  }

  private String paused() {
    var health = mails.health();
    if (health.paused()) {
      return " Sending is paused: press Resume to let it go.";
    }
    return health.held() ? " The relay was at fault, so one mail tries it first." : "";
  }

  private String standing(String uid) {
    var state = mail(uid).state();
    return "its state is " + state.label() + " (" + state.meaning() + ").";
  }

  private String obstacle() {
    var version = settings.inForce();
    if (version == null) {
      return "No SMTP server is configured yet, so mail waits.";
    }
    return version.isUsable()
        ? ""
        : "The stored password cannot be read with this key, so mail waits. Enter it again.";
  }
}
