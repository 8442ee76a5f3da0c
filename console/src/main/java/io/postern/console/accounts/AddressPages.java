package io.postern.console.accounts;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *My Account › Email*: the address, whether it is verified, and its change.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
final class AddressPages {
  static final String TITLE = "My Account";
  private static final String PATH = "/system/account";

  private final Pages pages;
  private final AccountParts parts;
  private final AddressChanges changes;
  private final AddressRequests requests;
  private final WorkingMail mail;

  AddressPages(
      Pages pages,
      AccountParts parts,
      AddressChanges changes,
      AddressRequests requests,
      WorkingMail mail) {
    this.pages = pages;
    this.parts = parts;
    this.changes = changes;
    this.requests = requests;
    this.mail = mail;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request, Actor actor) {
    return page(request, actor, HttpStatus.OK, Form.empty());
  }

  /// *Apply*.
  @PostMapping(PATH)
  ResponseEntity<String> change(
      HttpServletRequest request, Actor actor, @RequestParam Map<String, String> typed) {
    var form = new Form(typed);
    var wanted = form.mailbox("email");
    if (form.value("password").isEmpty()) {
      form.refuse("password", "Enter the password of your account.");
    }
    if (!form.isGood() || wanted == null) {
      return page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
    }
    try {
      var outcome = requests.change(actor, wanted, form.secret("password"));
      var sentence =
          form.done(
              "A letter with a link is queued for %s. Your address changes when the link is used, within an hour; %s is told."
                  .formatted(wanted, actor.email()));
      return answer(request, actor, form, outcome, sentence);
    } catch (OutboxFullException e) {
      form.refuse(Form.WHOLE, e.getMessage());
      return page(request, actor, HttpStatus.SERVICE_UNAVAILABLE, form);
    }
  }

  @PostMapping(PATH + "/withdraw")
  ResponseEntity<String> withdraw(HttpServletRequest request, Actor actor) {
    return answer(
        request,
        actor,
        Form.empty(),
        requests.withdraw(actor),
        "The change is given up; your address stays as it is.");
  }

  @PostMapping(PATH + "/verify")
  ResponseEntity<String> verify(HttpServletRequest request, Actor actor) {
    try {
      return answer(
          request,
          actor,
          Form.empty(),
          requests.verify(actor),
          "A letter with a link is queued for %s. Use the link within an hour."
              .formatted(actor.email()));
    } catch (OutboxFullException e) {
      return pages.redirect(PATH, String.valueOf(e.getMessage()));
    }
  }

  private ResponseEntity<String> answer(
      HttpServletRequest request,
      Actor actor,
      Form form,
      AddressRequests.Outcome outcome,
      String done) {
    return switch (outcome) {
      case AddressRequests.Outcome.Done _ -> pages.redirect(PATH, done);
      case AddressRequests.Outcome.NoMail _ ->
          page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
      case AddressRequests.Outcome.Refused(var status, var field, _, var sentence) -> {
        if (field.isEmpty() || form.value("email").isEmpty()) {
          yield pages.redirect(PATH, sentence);
        }
        form.refuse(field, sentence);
        yield page(
            request,
            actor,
            status == 429 ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNPROCESSABLE_CONTENT,
            form);
      }
    };
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, Actor actor, HttpStatus status, Form form) {
    var trouble = mail.trouble();
    var found =
        parts
            .database()
            .read(tx -> {
              var account = Objects.requireNonNull(parts.accounts().find(tx, actor.uid()));
              return new AddressView(
                  account.email(),
                  account.emailVerifiedAt(),
                  waiting(tx, account),
                  undo(tx, account),
                  trouble,
                  actor.role() != Role.ACCOUNTS,
                  form);
            });
    var frame = pages.frame(request, TITLE, MenuItem.MY_ACCOUNT);
    return pages.show(status, "accounts/my-email", Map.of("frame", frame, "view", found));
  }

  private AddressView.@Nullable Waiting waiting(Transaction tx, Account account) {
    var pending = changes.pending(tx, account.uid());
    var until = parts.links().livesUntil(tx, account.uid(), Link.Purpose.CONFIRM);
    if (pending == null || until == null) {
      return null;
    }
    return new AddressView.Waiting(
        pending.newAddress(),
        until,
        AddressView.whereabouts(parts.outbox().stateOf(tx, pending.confirmMailUid())));
  }

  private AddressView.@Nullable Undo undo(Transaction tx, Account account) {
    var last = changes.lastConfirmed(tx, account.uid());
    var until = last == null ? null : last.undoUntil();
    return last == null
            || until == null
            || !last.isUndoableAt(parts.clock().instant())
            || !last.newAddress().equals(account.email())
        ? null
        : new AddressView.Undo(last.oldAddress(), until);
  }
}
