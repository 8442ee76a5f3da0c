package io.postern.console.api;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.Accounts;
import io.postern.console.accounts.AddressRequests;
import io.postern.console.accounts.OwnPassword;
import io.postern.console.accounts.Passwords;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RestController;

/// The account that calls: read, its address and its password. What changes it is closed to keys,
/// which must not outgrow the person who made them.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class MyAccountCalls {
  static final String ME = "/v1/system/users/me";
  static final String EMAIL = "/v1/system/admin/email";
  static final String PASSWORD = "/v1/system/admin/password/reset";
  static final String VERIFY = "/v1/system/users/email/verify/resend";

  private final Database database;
  private final Accounts accounts;
  private final AddressRequests requests;
  private final OwnPassword own;
  private final Passwords rules;

  MyAccountCalls(
      Database database,
      Accounts accounts,
      AddressRequests requests,
      OwnPassword own,
      Passwords rules) {
    this.database = database;
    this.accounts = accounts;
    this.requests = requests;
    this.own = own;
    this.rules = rules;
  }

  @Needs({})
  @GetMapping(ME)
  Map<String, Object> me(Actor actor) {
    var account = account(actor);
    return MyAccountJson.of(account, database.read(tx -> accounts.hasPasskey(tx, account.uid())));
  }

  /// Asks for another address, with the account's password. 204 says that the letters are queued:
  /// the address changes when the link in the letter to the new one is used.
  @PatchMapping(EMAIL)
  ResponseEntity<Void> email(Actor actor, Fields fields) {
    // The model's wish to skip the proof of the new address is not granted.
    fields.ignore("insecureVerify");
    var wanted = mailbox(fields);
    var password = password(fields, "password");
    fields.check();
    if (wanted == null) {
      throw new IllegalStateException("a fault was found and not told");
    }
    return answer(requests.change(actor, wanted, password));
  }

  /// Sends the letter that verifies the present address.
  @PatchMapping(VERIFY)
  ResponseEntity<Void> verify(Actor actor) {
    return answer(requests.verify(actor));
  }

  /// Sets a new password. Every session and every token of the account ends, the calling one too.
  @PatchMapping(PASSWORD)
  ResponseEntity<Void> password(Actor actor, Fields fields) {
    var email = fields.text("email");
    if (!email.isEmpty() && !email.equalsIgnoreCase(actor.email())) {
      fields.fault(
          "email",
          "It is not the address of your account, and this changes your own password only. Leave it"
              + " out.");
    }
    var present = password(fields, "oldPassword");
    var fresh = password(fields, "newPassword");
    var refusal = rules.refuse(fresh, actor.email());
    if (refusal != null) {
      fields.fault("newPassword", refusal);
    }
    fields.check();
    return switch (own.change(actor, present, fresh, "")) {
      case OwnPassword.Outcome.Done(var auditUid) -> done(auditUid);
      case OwnPassword.Outcome.Refused(var status, var sentence) ->
          throw status == 429
              ? new Refusal(429, "too-many-tries", sentence)
              : Fields.refused(Map.of("oldPassword", sentence));
    };
  }

  private static @Nullable Mailbox mailbox(Fields fields) {
    var text = fields.needed("email", "The new address", AuthCalls.TEXT_CHARACTERS_MAX);
    try {
      return text.isEmpty() ? null : Mailbox.parse(text);
    } catch (MalformedValueException e) {
      fields.fault("email", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Secret password(Fields fields, String name) {
    var text = fields.raw(name);
    if (text.isEmpty()) {
      fields.fault(name, "The password is needed.");
    }
    return Secret.of(text);
  }

  private static ResponseEntity<Void> answer(AddressRequests.Outcome outcome) {
    return switch (outcome) {
      case AddressRequests.Outcome.Done(var auditUid) -> done(auditUid);
      case AddressRequests.Outcome.NoMail(var trouble) ->
          throw new Refusal(
              503,
              "mail-not-working",
              trouble.sentence()
                  + " An address is changed and verified by letters, so nothing was begun. On the"
                  + " server's terminal ./postern account set-email can do it.");
      case AddressRequests.Outcome.Refused(var status, var field, var code, var sentence) ->
          throw code.equals("wrong-password")
              ? Fields.refused(Map.of(field, sentence))
              : new Refusal(status, code, sentence);
    };
  }

  private static ResponseEntity<Void> done(String auditUid) {
    return ResponseEntity.noContent().header(TenantCalls.AUDIT_UID, auditUid).build();
  }

  private Account account(Actor actor) {
    return database.read(tx -> {
      var account = accounts.find(tx, actor.uid());
      if (account == null) {
        throw Refusal.notFound("account");
      }
      return account;
    });
  }
}
