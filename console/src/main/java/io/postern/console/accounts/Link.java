package io.postern.console.accounts;

import io.postern.console.letters.LetterKind;
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

  /// What a link does when its page's button is pressed, which letter brings it and says how long
  /// it lives, and where its page is.
  public enum Purpose {
    /// Sets the first password of a system account.
    ACTIVATION(LetterKind.SYSTEM_ACTIVATION, "/link/activate"),
    /// Sets the first password of a tenant's administrator; the page is the tenants room's.
    INVITATION(LetterKind.INVITATION, "/activate"),
    RESET(LetterKind.PASSWORD_RESET, "/link/reset"),
    /// Proves the first address of an account.
    VERIFY(LetterKind.ADDRESS_VERIFY, "/link/verify"),
    /// Proves the new address of an address change.
    CONFIRM(LetterKind.ADDRESS_CONFIRM, "/link/confirm"),
    /// Lets the old address stop an address change, or undo it.
    CANCEL(LetterKind.ADDRESS_NOTICE, "/link/cancel");

    private final LetterKind letter;
    private final String page;

    Purpose(LetterKind letter, String page) {
      this.letter = letter;
      this.page = page;
    }

    /// How its owner comes to a new one, a sentence.
    String whenExpired() {
      return switch (this) {
        case ACTIVATION ->
            "Ask the administrator who made your account to send the activation again.";
        case INVITATION -> "Ask whoever invited you to send the invitation again.";
        case RESET -> "Get a new one with Forgot password? on the sign-in page.";
        case VERIFY -> "Sign in and ask for a new one.";
        case CONFIRM -> "Sign in and ask for the change again under My Account.";
        case CANCEL -> "If the change was not yours, tell an administrator at once.";
      };
    }

    public Duration lifetime() {
      return letter.linkLifetime();
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
