package io.postern.console.accounts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A system account in the model's shape. No link is in it: whoever wants to see one asks for it,
/// and that is audited.
public final class AccountJson {
  private AccountJson() {}

  public static Map<String, Object> of(SystemAccounts.Entry entry) {
    var account = entry.account();
    var body = new LinkedHashMap<String, Object>();
    body.put("metadata", metadata(account));
    body.put("spec", spec(account));
    body.put("status", status(account, entry.link()));
    return body;
  }

  /// With the link itself, a secret: for who asked to see it.
  public static Map<String, Object> of(AccountLinks.Outcome.Given given) {
    var body = new LinkedHashMap<String, Object>();
    body.put("uid", given.account().uid());
    body.put("emailId", given.account().email());
    body.put("purpose", word(given.link().purpose()));
    body.put("link", given.link().url());
    body.put("expiry", given.link().expiresAt().truncatedTo(ChronoUnit.MILLIS).toString());
    body.put("mailed", given.isMailed());
    return body;
  }

  private static Map<String, Object> metadata(Account account) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", account.uid());
    metadata.put("name", account.displayName());
    metadata.put("creationTimestamp", account.createdAt().toString());
    return metadata;
  }

  private static Map<String, Object> spec(Account account) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("adminType", account.role().adminType());
    spec.put("emailId", account.email());
    spec.put("firstName", account.firstName());
    spec.put("lastName", account.lastName());
    return spec;
  }

  private static Map<String, Object> status(Account account, @Nullable LinkState link) {
    var status = new LinkedHashMap<String, Object>();
    status.put("state", account.state().name().toLowerCase(Locale.ROOT));
    status.put("createdBy", account.createdBy());
    status.put("isEmailVerified", account.isEmailVerified());
    put(status, "lastPasswordUpdate", account.passwordAt());
    put(status, "lastSignIn", account.signedInAt());
    if (link != null) {
      status.put(word(link.purpose()), link(link));
    }
    return status;
  }

  private static Map<String, Object> link(LinkState state) {
    var link = new LinkedHashMap<String, Object>();
    link.put("expiry", state.until().toString());
    if (state.mailUid() != null) {
      link.put("mailUid", state.mailUid());
    }
    if (state.mail() != null) {
      link.put("mailState", state.mail().word());
    }
    put(link, "shownAt", state.shownAt());
    return link;
  }

  private static String word(Link.Purpose purpose) {
    return purpose == Link.Purpose.ACTIVATION ? "activation" : "passwordReset";
  }

  private static void put(Map<String, Object> object, String name, @Nullable Instant at) {
    if (at != null) {
      object.put(name, at.toString());
    }
  }
}
