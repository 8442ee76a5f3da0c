package io.postern.console.letters;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// *Administration › Letters*: each letter as it will look, and a sample of it to an address.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
final class LetterPages {
  private static final String PATH = "/system/administration/letters";

  /// The page itself, with room for the frames that show the letter.
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
          + " font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
          + " object-src 'none'; frame-ancestors 'none'";

  /// The letter: its own inline styles and nothing else, in a frame of ours only.
  private static final String LETTER_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'; sandbox";

  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  private final Pages pages;
  private final Samples samples;
  private final MailReadiness readiness;

  LetterPages(Pages pages, Samples samples, MailReadiness readiness) {
    this.pages = pages;
    this.samples = samples;
    this.readiness = readiness;
  }

  @GetMapping(PATH)
  ResponseEntity<String> first(HttpServletRequest request, Actor actor) {
    return show(HttpStatus.OK, request, LetterKind.INVITATION, new Typed(actor.email(), null));
  }

  @GetMapping(PATH + "/{kind}")
  ResponseEntity<String> one(HttpServletRequest request, Actor actor, @PathVariable String kind) {
    return show(HttpStatus.OK, request, kind(kind), new Typed(actor.email(), null));
  }

  @GetMapping(PATH + "/{kind}/html")
  ResponseEntity<String> html(
      @PathVariable String kind, @RequestParam(defaultValue = "light") String scheme) {
    var html = Objects.requireNonNullElse(samples.print(kind(kind)).html(), "");
    return ResponseEntity.ok()
        .contentType(HTML)
        .header("Content-Security-Policy", LETTER_POLICY)
        .header("X-Frame-Options", "SAMEORIGIN")
        .body(html.replace("light dark", scheme.equals("dark") ? "dark" : "light"));
  }

  @PostMapping(PATH + "/{kind}")
  ResponseEntity<String> send(
      HttpServletRequest request,
      Actor actor,
      @PathVariable String kind,
      @RequestParam(defaultValue = "") String to,
      RedirectAttributes flash) {
    var letter = kind(kind);
    try {
      var mailbox = Mailbox.parse(to.strip());
      samples.send(actor, letter, mailbox);
      flash.addFlashAttribute(
          Pages.MESSAGE,
          "A sample of \"%s\" to %s is queued. Mail shows what becomes of it."
              .formatted(letter.label(), mailbox));
      return Pages.seeOther(PATH + "/" + letter.word());
    } catch (MalformedValueException | OutboxFullException e) {
      return show(HttpStatus.UNPROCESSABLE_CONTENT, request, letter, new Typed(to, e.getMessage()));
    }
  }

  private ResponseEntity<String> show(
      HttpStatus status, HttpServletRequest request, LetterKind kind, Typed typed) {
    var frame = pages.frame(request, "Administration", MenuItem.ADMINISTRATION);
    var view =
        new LetterView(kind, samples.print(kind), typed.to(), typed.fault(), readiness.warnings());
    var page = pages.show(status, "letters/letters", Map.of("frame", frame, "view", view));
    return ResponseEntity.status(page.getStatusCode())
        .headers(page.getHeaders())
        .header("Content-Security-Policy", PAGE_POLICY)
        .body(page.getBody());
  }

  private static LetterKind kind(String word) {
    for (var kind : LetterKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Refusal.notFound("letter");
  }

  /// The address as typed, and what is wrong with it.
  private record Typed(String to, @Nullable String fault) {}
}
