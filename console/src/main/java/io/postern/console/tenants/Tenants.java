package io.postern.console.tenants;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.NewAccount;
import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/// Creates tenants and lists them.
public final class Tenants {
  public static final int PAGE_ROWS = 25;

  private static final String MARKED =
      " and is marked for deletion. Restore it, or clean it up first";

  private final TenantParts parts;
  private final Invitations invitations;

  Tenants(TenantParts parts, Invitations invitations) {
    this.parts = parts;
    this.invitations = invitations;
  }

  /// A tenant with what operators want to see beside it.
  public record Entry(Tenant tenant, Account admin, Invitation.State invitation) {}

  /// One page of a list.
  ///
  /// @param total how many there are on all pages
  public record Page(List<Entry> entries, long total) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// Makes tenant, administrator, invitation and letter in one transaction: all of them or nothing.
  ///
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  public Creation create(Actor actor, NewTenant wanted) {
    parts.outbox().requireRoom();
    try {
      return parts.database().write(tx -> create(tx, actor, wanted));
    } catch (DuplicateKeyException _) {
      // Another process was faster with the same name or address; now it can be seen.
      return new Creation.Refused(
          Objects.requireNonNullElse(
              parts.database().<@Nullable Map<String, String>>read(tx -> taken(tx, wanted)),
              Map.of("orgName", "Somebody else created this tenant at the same moment.")));
    }
  }

  /// The newest first.
  ///
  /// @param text part of the name or of the administrator's address; empty: all
  /// @param limit at most 200
  public Page list(String text, int offset, int limit) {
    return parts
        .database()
        .read(tx ->
            new Page(
                parts.store().list(tx, text, offset, limit).stream()
                    .map(tenant -> entry(tx, tenant))
                    .toList(),
                parts.store().count(tx, text)));
  }

  /// @return null when there is none
  public @Nullable Entry find(String uid) {
    return parts
        .database()
        .read(tx -> {
          var tenant = parts.store().find(tx, uid);
          return tenant == null ? null : entry(tx, tenant);
        });
  }

  /// The tenant that this address administers, null when there is none.
  @Nullable String uidByAdmin(String email) {
    return parts
        .database()
        .read(tx -> {
          var tenant = parts.store().findByEmail(tx, email);
          return tenant == null ? null : tenant.uid();
        });
  }

  private Creation create(Transaction tx, Actor actor, NewTenant wanted) {
    var taken = taken(tx, wanted);
    if (taken != null) {
      return new Creation.Refused(taken);
    }
    var uid = parts.uids().next();
    var admin =
        Objects.requireNonNull(
            parts
                .accounts()
                .create(
                    tx,
                    new NewAccount(
                        uid,
                        Role.TENANT,
                        wanted.email().toString(),
                        wanted.firstName(),
                        wanted.lastName(),
                        actor.email())),
            "a new tenant has no accounts");
    var now = parts.clock().instant();
    var invitation = invitations.issue(tx, wanted.orgName(), admin);
    parts
        .store()
        .insert(tx, new Tenant(uid, wanted.orgName(), now, actor.email(), null, invitation));
    var auditUid =
        parts
            .audit()
            .record(
                tx,
                actor,
                Audit.Action.CREATE,
                new Audit.Object("tenant", uid, wanted.orgName()),
                "Created, and its administrator %s invited".formatted(wanted.email()));
    return new Creation.Created(uid, auditUid);
  }

  /// @return what is taken, null when nothing is
  private @Nullable Map<String, String> taken(Transaction tx, NewTenant wanted) {
    var sameName = parts.store().findByName(tx, wanted.orgName());
    if (sameName != null) {
      return Map.of(
          "orgName",
          "A tenant \"%s\" exists already%s."
              .formatted(sameName.name(), sameName.isMarked() ? MARKED : ". Take another name"));
    }
    var sameEmail = parts.store().findByEmail(tx, wanted.email().toString());
    return sameEmail == null
        ? null
        : Map.of(
            "emailId",
            "%s administers the tenant \"%s\" already%s."
                .formatted(
                    sameEmail.invitation().email(),
                    sameEmail.name(),
                    sameEmail.isMarked() ? MARKED : ". Take another address"));
  }

  private Entry entry(Transaction tx, Tenant tenant) {
    var admin = parts.accounts().find(tx, tenant.invitation().accountUid());
    var mail = parts.outbox().stateOf(tx, tenant.invitation().mailUid());
    return new Entry(
        tenant,
        Objects.requireNonNull(admin, "a tenant keeps its administrator"),
        tenant.invitation().state(mail, parts.clock().instant()));
  }
}
