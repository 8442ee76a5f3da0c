package io.postern.console.accounts;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/// Holds a link's token in a short-lived cookie while its page is open, so that the token leaves
/// the address bar. The cookie opens that one page and signs nobody in.
public final class LinkCookie {
  private static final Duration AGE_MAX = Duration.ofMinutes(30);

  private final Cookies cookies;
  private final Database database;
  private final Links links;

  LinkCookie(Cookies cookies, Database database, Links links) {
    this.cookies = cookies;
    this.database = database;
    this.links = links;
  }

  /// The living link that this browser opened.
  ///
  /// @throws Refusal (410) when it opened none of this purpose, or the link has ended; the sentence
  ///   says which
  public Links.Found.Alive require(HttpServletRequest request, Link.Purpose purpose) {
    var cookie = cookies.read(request, Cookies.Kind.LINK);
    var parts = cookie == null ? new String[0] : cookie.split("\\.", 2);
    if (parts.length < 2) {
      throw gone("Open this page with the link in your letter; it may have been open too long.");
    }
    return switch (database.read(tx -> links.find(tx, parts[0], parts[1]))) {
      case Links.Found.Dead(var sentence) -> throw gone(sentence);
      case Links.Found.Alive alive -> {
        if (alive.link().purpose() != purpose) {
          throw gone("The last link that you opened was for something else. Open this one again.");
        }
        yield alive;
      }
    };
  }

  void keep(HttpServletRequest request, HttpServletResponse response, String uid, String token) {
    cookies.write(request, response, Cookies.Kind.LINK, uid + "." + token, AGE_MAX);
  }

  /// Forgets the link after it was used.
  public void clear(HttpServletRequest request, HttpServletResponse response) {
    cookies.clear(request, response, Cookies.Kind.LINK);
  }

  /// What a dead link answers.
  static Refusal gone(String sentence) {
    return new Refusal(410, "link-ended", sentence);
  }
}
