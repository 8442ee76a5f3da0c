package io.postern.console.letters;

import io.postern.console.outbox.NewMail;
import io.postern.console.outbox.Priority;
import io.postern.smtp.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Makes letters, ready to be given to the outbox in the transaction that they belong to.
public final class Letters {
  /// How long the platform's own mails are tried.
  private static final Duration API_LIFETIME = Duration.ofDays(5);

  private static final Duration NOTICE_LIFETIME = Duration.ofDays(2);
  private static final Duration TEST_LIFETIME = Duration.ofHours(1);

  private final LetterPress press;
  private final InstantSource clock;

  Letters(LetterPress press, InstantSource clock) {
    this.press = press;
    this.clock = clock;
  }

  /// Invites the first administrator of a tenant.
  public NewMail invitation(Addressee to, String tenantName, LetterLink link) {
    return linked(LetterKind.INVITATION, to, link, Map.of(LetterValues.TENANT, tenantName));
  }

  /// Lets the owner of a new system account set a password.
  public NewMail systemActivation(Addressee to, LetterLink link) {
    return linked(LetterKind.SYSTEM_ACTIVATION, to, link, Map.of());
  }

  public NewMail passwordReset(Addressee to, LetterLink link) {
    return linked(LetterKind.PASSWORD_RESET, to, link, Map.of());
  }

  /// Asks the first address of an account to prove itself.
  public NewMail addressVerify(Addressee to, LetterLink link) {
    return linked(LetterKind.ADDRESS_VERIFY, to, link, Map.of());
  }

  /// Asks the new address to confirm a change.
  ///
  /// @param to the new address
  public NewMail addressConfirm(Addressee to, Mailbox oldAddress, LetterLink link) {
    return linked(
        LetterKind.ADDRESS_CONFIRM,
        to,
        link,
        Map.of(LetterValues.OLD_ADDRESS, oldAddress.toString()));
  }

  /// Tells the old address that a change was requested, with a link that stops it.
  ///
  /// @param to the old address
  public NewMail addressNotice(Addressee to, Mailbox newAddress, LetterLink cancel) {
    return linked(
        LetterKind.ADDRESS_NOTICE,
        to,
        cancel,
        Map.of(LetterValues.NEW_ADDRESS, newAddress.toString()));
  }

  /// Tells the old address that the change is complete, with a link that undoes it.
  ///
  /// @param to the old address
  public NewMail addressChanged(Addressee to, Mailbox newAddress, LetterLink cancel) {
    return linked(
        LetterKind.ADDRESS_CHANGED,
        to,
        cancel,
        Map.of(LetterValues.NEW_ADDRESS, newAddress.toString()));
  }

  /// Tells an owner what happened to the ways into the account.
  ///
  /// @param event a sentence without its full stop
  public NewMail accountNotice(Addressee to, String event) {
    return mail(
        LetterKind.ACCOUNT_NOTICE,
        to,
        Map.of(LetterValues.EVENT, event),
        clock.instant().plus(NOTICE_LIFETIME));
  }

  /// Tells an administrator of another mail server.
  public NewMail relayChanged(Addressee to, RelayChange change, RelayChange.Through through) {
    return mail(
        LetterKind.RELAY_CHANGED,
        to,
        Map.of(
            LetterValues.REQUESTED_BY,
            change.by(),
            LetterValues.AT,
            change.at().toString(),
            LetterValues.BEFORE,
            change.before(),
            LetterValues.AFTER,
            change.after(),
            LetterValues.THROUGH,
            through.name()),
        clock.instant().plus(NOTICE_LIFETIME));
  }

  /// Proves that mail goes out.
  ///
  /// @param requestedBy the address of the operator who asked for it
  public NewMail test(Mailbox to, String requestedBy) {
    return mail(
        LetterKind.TEST,
        Addressee.ofSystem(to, ""),
        Map.of(LetterValues.REQUESTED_BY, requestedBy),
        clock.instant().plus(TEST_LIFETIME));
  }

  /// A mail of another part of the platform, in its own words.
  ///
  /// @param idempotencyKey at most one mail exists for it
  public NewMail api(Mailbox to, ApiMail mail, String idempotencyKey) {
    var values = new HashMap<String, String>();
    values.put(LetterValues.SUBJECT, mail.subject());
    values.put(LetterValues.TEXT, mail.text());
    if (!mail.html().isEmpty()) {
      values.put(LetterValues.HTML, mail.html());
    }
    return new NewMail(
        LetterKind.API.name(),
        to,
        mail.subject(),
        values,
        Priority.NORMAL,
        clock.instant().plus(API_LIFETIME),
        null,
        idempotencyKey);
  }

  /// A sample of a letter, which says that it is one.
  NewMail sample(LetterKind kind, Mailbox to) {
    return mail(
        kind,
        Addressee.ofSystem(to, ""),
        SampleValues.marked(SampleValues.of(press.baseUrl(), clock.instant(), kind)),
        clock.instant().plus(TEST_LIFETIME));
  }

  private NewMail linked(LetterKind kind, Addressee to, LetterLink link, Map<String, String> more) {
    var values = new HashMap<>(more);
    values.put(LetterValues.LINK, link.url());
    values.put(LetterValues.UNTIL, link.until().toString());
    return mail(kind, to, values, link.letterExpiresAt());
  }

  private NewMail mail(
      LetterKind kind, Addressee to, Map<String, String> given, Instant expiresAt) {
    var values = new HashMap<>(given);
    values.putIfAbsent(LetterValues.NAME, to.name());
    return new NewMail(
        kind.name(),
        to.address(),
        press.subject(kind, to.address(), values),
        values,
        kind == LetterKind.TEST ? Priority.NORMAL : Priority.SECURITY,
        expiresAt,
        to.tenantUid(),
        null);
  }
}
