package io.postern.console.api;

import io.postern.console.accounts.AccountChange;
import io.postern.console.accounts.AccountJson;
import io.postern.console.accounts.AccountLinks;
import io.postern.console.accounts.NewSystemAccount;
import io.postern.console.accounts.SignOuts;
import io.postern.console.accounts.SystemAccounts;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// System accounts: created with their activation link, listed, read, deleted, signed out, and
/// given a link that sets a password.
@RestController
@Allow({Role.ROOT, Role.ACCOUNTS})
class AdminCalls {
  static final String PATH = "/v1/system/admins";

  private static final String ONE = PATH + "/{uid}";

  /// RFC 7240 section 4.2.
  private static final String SHOW = "return=representation";

  private final SystemAccounts accounts;
  private final AccountLinks links;
  private final SignOuts signOuts;

  AdminCalls(SystemAccounts accounts, AccountLinks links, SignOuts signOuts) {
    this.accounts = accounts;
    this.links = links;
    this.signOuts = signOuts;
  }

  /// Ordered by address; `text` is part of the address or the name.
  @Needs(Scope.ACCOUNTS_READ)
  @GetMapping(PATH)
  Map<String, Object> list(HttpServletRequest request) {
    var paging = Paging.of(request);
    var page = accounts.list(Paging.text(request), paging.offset(), paging.limit());
    return paging.answer(page.entries().stream().map(AccountJson::of).toList(), page.total());
  }

  /// Account, activation link and letter are made in one transaction.
  @StepUp
  @Needs(Scope.ACCOUNTS_WRITE)
  @PostMapping(PATH)
  ResponseEntity<Map<String, Object>> create(Actor actor, Fields fields) {
    fields.part("metadata").ignore("name", "labels", "annotations");
    return switch (accounts.create(actor, wanted(fields))) {
      case AccountChange.NotFound _ -> throw Refusal.notFound("account");
      case AccountChange.Refused(var obstacle, var sentence) -> throw refused(obstacle, sentence);
      case AccountChange.Done(var account, var auditUid) ->
          ResponseEntity.status(HttpStatus.CREATED)
              .header("Location", PATH + "/" + account.uid())
              .header(TenantCalls.AUDIT_UID, auditUid)
              .body(Map.of("uid", account.uid()));
    };
  }

  @Needs(Scope.ACCOUNTS_READ)
  @GetMapping(ONE)
  Map<String, Object> show(@PathVariable String uid) {
    return AccountJson.of(find(uid));
  }

  /// People type the address for this; a program that knows the identifier has named it.
  @StepUp
  @Needs(Scope.ACCOUNTS_WRITE)
  @DeleteMapping(ONE)
  ResponseEntity<Void> delete(Actor actor, @PathVariable String uid) {
    return answered(accounts.delete(actor, uid, find(uid).account().email()));
  }

  /// Ends the account's sessions and tokens; its keys go on.
  @StepUp
  @Needs(Scope.ACCOUNTS_WRITE)
  @DeleteMapping(ONE + "/sessions")
  ResponseEntity<Void> endSessions(Actor actor, @PathVariable String uid) {
    return answered(signOuts.endAll(actor, uid));
  }

  /// Makes a new link that sets the password, and mails it where that can be; the one before ends.
  /// With `Prefer: return=representation` the answer is 200 with the link, so that mail is never
  /// the only way. An account that was never activated gets a new activation link.
  @StepUp
  @Needs(Scope.ACCOUNTS_WRITE)
  @PutMapping(ONE + "/passwordResetLink")
  ResponseEntity<?> link(
      Actor actor,
      @PathVariable String uid,
      @RequestHeader(name = "Prefer", defaultValue = "") String prefer) {
    var isShown = prefer.replace(" ", "").toLowerCase(java.util.Locale.ROOT).contains(SHOW);
    return switch (links.renew(actor, uid, isShown)) {
      case AccountLinks.Outcome.NotFound _ -> throw Refusal.notFound("account");
      case AccountLinks.Outcome.Refused(var sentence) ->
          throw refused(AccountChange.Obstacle.ROOT_ONLY, sentence);
      case AccountLinks.Outcome.Given given ->
          isShown
              ? ResponseEntity.ok()
                  .header(TenantCalls.AUDIT_UID, given.auditUid())
                  .header("Preference-Applied", SHOW)
                  .body(AccountJson.of(given))
              : ResponseEntity.noContent().header(TenantCalls.AUDIT_UID, given.auditUid()).build();
    };
  }

  private static ResponseEntity<Void> answered(AccountChange change) {
    return switch (change) {
      case AccountChange.NotFound _ -> throw Refusal.notFound("account");
      case AccountChange.Refused(var obstacle, var sentence) -> throw refused(obstacle, sentence);
      case AccountChange.Done(_, var auditUid) ->
          ResponseEntity.noContent().header(TenantCalls.AUDIT_UID, auditUid).build();
    };
  }

  private SystemAccounts.Entry find(String uid) {
    var entry = accounts.find(uid);
    if (entry == null) {
      throw Refusal.notFound("account");
    }
    return entry;
  }

  private static NewSystemAccount wanted(Fields fields) {
    var spec = fields.part("spec");
    spec.ignore("mfa");
    var typed =
        Map.of(
            "firstName", spec.text("firstName"),
            "lastName", spec.text("lastName"),
            "emailId", spec.text("emailId"),
            "adminType", spec.raw("adminType"));
    return switch (NewSystemAccount.judge(typed)) {
      case NewSystemAccount.Judged.Faulty(var faults) -> {
        faults.forEach(spec::fault);
        fields.check();
        throw new IllegalStateException("faults were found and not told");
      }
      case NewSystemAccount.Judged.Good(var account) -> {
        fields.check();
        yield account;
      }
    };
  }

  private static Refusal refused(AccountChange.Obstacle obstacle, String sentence) {
    var status = obstacle == AccountChange.Obstacle.ROOT_ONLY ? 403 : 409;
    return new Refusal(status, obstacle.code(), sentence);
  }
}
