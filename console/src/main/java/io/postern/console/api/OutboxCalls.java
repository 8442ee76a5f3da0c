package io.postern.console.api;

import io.postern.console.outbox.MailJson;
import io.postern.console.outbox.MailState;
import io.postern.console.outbox.Mails;
import io.postern.console.outbox.Outbox;
import io.postern.console.outbox.QueuedMail;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The outbox: what was sent, what waits, and why.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class OutboxCalls {
  private final Outbox outbox;
  private final Mails mails;

  OutboxCalls(Outbox outbox, Mails mails) {
    this.outbox = outbox;
    this.mails = mails;
  }

  /// The newest first; `state` is a word of the shapes, `text` part of recipient or subject.
  @Needs(Scope.MAILS_READ)
  @GetMapping(MailCalls.PATH)
  Map<String, Object> list(HttpServletRequest request) {
    var paging = Paging.of(request);
    var text = Paging.text(request);
    var filter =
        new Mails.Filter(
            state(request.getParameter("state")), text, paging.offset(), paging.limit());
    var page = mails.list(filter);
    return paging.answer(page.mails().stream().map(MailJson::of).toList(), page.total());
  }

  @Needs(Scope.MAILS_READ)
  @GetMapping(MailCalls.PATH + "/{uid}")
  Map<String, Object> show(@PathVariable String uid) {
    return MailJson.of(find(uid), mails.attempts(uid));
  }

  @Needs(Scope.MAILS_WRITE)
  @PostMapping(MailCalls.PATH + "/{uid}/retry")
  ResponseEntity<Void> retry(Actor actor, @PathVariable String uid) {
    var mail = find(uid);
    if (!outbox.retryNow(actor, uid)) {
      throw notNow(mail, "mail-not-retriable", "It cannot be sent again");
    }
    return ResponseEntity.noContent().build();
  }

  @Needs(Scope.MAILS_WRITE)
  @PostMapping(MailCalls.PATH + "/{uid}/cancel")
  ResponseEntity<Void> cancel(Actor actor, @PathVariable String uid) {
    var mail = find(uid);
    if (!outbox.cancel(actor, uid)) {
      throw notNow(mail, "mail-not-cancellable", "It cannot be cancelled");
    }
    return ResponseEntity.noContent().build();
  }

  private QueuedMail find(String uid) {
    var mail = mails.find(uid);
    if (mail == null) {
      throw Refusal.notFound("mail");
    }
    return mail;
  }

  private static Refusal notNow(QueuedMail mail, String code, String what) {
    return new Refusal(
        409,
        code,
        "%s: its state is %s (%s).".formatted(what, mail.state().word(), mail.state().meaning()),
        Map.of("state", mail.state().word()));
  }

  private static @Nullable MailState state(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return null;
    }
    for (var state : MailState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw Paging.refused(
        "state",
        Arrays.stream(MailState.values())
            .map(MailState::word)
            .collect(Collectors.joining(", ", "One of ", ".")));
  }
}
