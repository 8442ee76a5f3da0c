package io.postern.console.tenants;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.Link;
import io.postern.console.accounts.Links;
import io.postern.console.accounts.Passwords;
import io.postern.console.audit.Audit;
import io.postern.console.letters.Addressee;
import io.postern.console.letters.LetterLink;
import io.postern.console.outbox.MailState;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Mailbox;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The invitation of a tenant's administrator, from its letter to the password. At any time at most
/// one link lives.
public final class Invitations {
  private final TenantParts parts;
  private final Passwords passwords;

  Invitations(TenantParts parts, Passwords passwords) {
    this.parts = parts;
    this.passwords = passwords;
  }

  /// What came of asking for the link.
  public sealed interface Shown {
    /// @param url a secret; for the operator's eyes only
    record Url(Tenant tenant, String url, Instant until, String auditUid) implements Shown {}

    record Refused(String sentence) implements Shown {}

    record NotFound() implements Shown {}
  }

  /// Makes the link and queues the letter.
  Invitation issue(Transaction tx, String tenantName, Account admin) {
    var link = parts.links().issue(tx, target(admin));
    var addressee =
        new Addressee(Mailbox.parse(admin.email()), admin.displayName(), admin.tenantUid());
    var letter =
        parts
            .letters()
            .invitation(addressee, tenantName, new LetterLink(link.url(), link.expiresAt()));
    var mailUid = parts.outbox().enqueue(tx, letter);
    return new Invitation(
        admin.uid(),
        admin.email(),
        mailUid,
        parts.clock().instant(),
        link.expiresAt(),
        null,
        null,
        null);
  }

  /// Sends the invitation again. The link before and a letter that still waits end.
  ///
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public Lifecycle resend(Actor actor, String tenantUid) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, tenantUid);
          if (tenant == null) {
            return new Lifecycle.NotFound();
          }
          var refusal = refusal(tenant);
          if (refusal != null) {
            return new Lifecycle.Refused(refusal);
          }
          parts.outbox().cancel(tx, tenant.invitation().mailUid());
          parts.store().renew(tx, tenantUid, issue(tx, tenant.name(), admin(tx, tenant)));
          var auditUid =
              parts
                  .audit()
                  .record(
                      tx,
                      actor,
                      Audit.Action.LINK,
                      object(tenant),
                      "The invitation of %s was sent again".formatted(tenant.invitation().email()));
          return new Lifecycle.Done(tenant, auditUid);
        });
  }

  /// Shows the living link, so that mail is never the only way; makes one when the last has
  /// expired.
  public Shown show(Actor actor, String tenantUid) {
    return parts
        .database()
        .write(tx -> {
          var tenant = parts.store().find(tx, tenantUid);
          if (tenant == null) {
            return new Shown.NotFound();
          }
          var refusal = refusal(tenant);
          return refusal == null ? shown(tx, actor, tenant) : new Shown.Refused(refusal);
        });
  }

  /// The tenant that a link invites to.
  ///
  /// @return null when the tenant is gone or marked for deletion
  @Nullable Tenant tenantOf(Links.Found.Alive alive) {
    return parts.database().read(tx -> tenantOf(tx, alive.link()));
  }

  /// The button of the invitation's page was pressed.
  void open(Links.Found.Alive alive, String address) {
    parts
        .database()
        .write(tx -> {
          var tenant = tenantOf(tx, alive.link());
          if (tenant != null
              && parts.store().markOpened(tx, tenant.uid(), parts.clock().instant())) {
            record(tx, tenant, address, "The invitation was opened");
          }
          return true;
        });
  }

  /// Uses the link up and sets the password.
  ///
  /// @return false when the link was used or replaced, or the tenant marked, a moment ago
  boolean activate(Links.Found.Alive alive, Passwords.Hashed password, String address) {
    return parts
        .database()
        .write(tx -> {
          var tenant = tenantOf(tx, alive.link());
          if (tenant == null || !parts.links().redeem(tx, alive)) {
            return false;
          }
          var admin = admin(tx, tenant);
          passwords.set(tx, admin, password, "");
          var now = parts.clock().instant();
          parts.store().markOpened(tx, tenant.uid(), now);
          parts.store().markActivated(tx, tenant.uid(), now);
          if (provesAddress(tx, tenant.invitation())) {
            parts.accounts().markVerified(tx, admin.uid());
          }
          record(tx, tenant, address, "The invitation was accepted: the password is set");
          return true;
        });
  }

  static Audit.Object object(Tenant tenant) {
    return new Audit.Object("tenant", tenant.uid(), tenant.name());
  }

  private Shown shown(Transaction tx, Actor actor, Tenant tenant) {
    var admin = admin(tx, tenant);
    var living = parts.links().shown(tx, admin.uid(), Link.Purpose.INVITATION);
    var link = living == null ? parts.links().issue(tx, target(admin)) : living;
    parts.store().markShown(tx, tenant.uid(), parts.clock().instant(), link.expiresAt());
    var auditUid =
        parts
            .audit()
            .record(
                tx,
                actor,
                Audit.Action.LINK,
                object(tenant),
                "The activation link of %s was shown".formatted(admin.email()));
    return new Shown.Url(tenant, link.url(), link.expiresAt(), auditUid);
  }

  /// Only the letter's reader can have used a link that nobody else was shown.
  private boolean provesAddress(Transaction tx, Invitation invitation) {
    return invitation.shownAt() == null
        && parts.outbox().stateOf(tx, invitation.mailUid()) == MailState.DELIVERED;
  }

  private @Nullable Tenant tenantOf(Transaction tx, Link link) {
    var account = parts.accounts().find(tx, link.accountUid());
    var uid = account == null ? null : account.tenantUid();
    var tenant = uid == null ? null : parts.store().find(tx, uid);
    return tenant == null || tenant.isMarked() ? null : tenant;
  }

  private Account admin(Transaction tx, Tenant tenant) {
    return Objects.requireNonNull(
        parts.accounts().find(tx, tenant.invitation().accountUid()),
        "a tenant keeps its administrator");
  }

  private void record(Transaction tx, Tenant tenant, String address, String sentence) {
    var admin = admin(tx, tenant);
    var actor =
        new Actor(admin.uid(), admin.email(), admin.role(), tenant.uid(), Instant.EPOCH, address);
    parts.audit().record(tx, actor, Audit.Action.LINK, object(tenant), sentence);
  }

  private static Links.Target target(Account admin) {
    return new Links.Target(Link.Purpose.INVITATION, admin.uid(), admin.email(), "");
  }

  private static @Nullable String refusal(Tenant tenant) {
    if (tenant.isMarked()) {
      return "\"%s\" is marked for deletion. Restore it first.".formatted(tenant.name());
    }
    return tenant.invitation().activatedAt() == null
        ? null
        : "The administrator of \"%s\" has activated the account already; there is no invitation any more."
            .formatted(tenant.name());
  }
}
