package io.postern.console.accounts;

import io.postern.console.platform.SealedColumn;
import java.time.Duration;
import java.time.Instant;

/// A one-time link, as it is handed out.
///
/// @param uid names it publicly; it opens nothing
/// @param address the mail address that it was made for
/// @param subject what else it is about, such as the uid of an address change; empty for nothing
/// @param url the whole address with the token: a secret until used
public record Link(
    String uid,
    Purpose purpose,
    String accountUid,
    String address,
    String subject,
    String url,
    Instant expiresAt) {
  /// The purpose under which the copy of a token is sealed.
  static final String SEALED_FOR = "link";

  /// What a link does when its page's button is pressed, how long it lives, and where its
  /// page is.
  public enum Purpose {
    /// Sets the first password of a system account.
    ACTIVATION(Duration.ofDays(3), "/link/activate"),
    /// Sets the first password of a tenant's administrator; the page is the tenants room's.
    INVITATION(Duration.ofDays(3), "/activate"),
    RESET(Duration.ofMinutes(30), "/link/reset"),
    /// Proves the first address of an account.
    VERIFY(Duration.ofHours(1), "/link/verify"),
    /// Proves the new address of an address change.
    CONFIRM(Duration.ofHours(1), "/link/confirm"),
    /// Lets the old address stop an address change, or undo it.
    CANCEL(Duration.ofDays(7), "/link/cancel");

    private final Duration lifetime;
    private final String page;

    Purpose(Duration lifetime, String page) {
      this.lifetime = lifetime;
      this.page = page;
    }

    public Duration lifetime() {
      return lifetime;
    }

    /// The path of its page, which finds the link in a cookie.
    public String page() {
      return page;
    }
  }

  /// Where the copies of tokens stand.
  public static SealedColumn sealed() {
    return SealedColumn.boundToRow("account_link", "uid", "sealed", SEALED_FOR);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "Link[" + uid + " " + purpose + " until " + expiresAt + "]";
  }
}
