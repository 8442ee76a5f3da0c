package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// Reads and writes our cookies: HttpOnly, for the whole host, and with the `__Host-` prefix
/// wherever the browser speaks TLS. Over plain HTTP browsers would drop such a cookie.
public final class Cookies {
  /// A cookie of ours.
  public enum Kind {
    /// The signed-in session. Strict: no other site's link or form carries it.
    SESSION("postern-session", "Strict"),
    /// Binds forms to this browser before anybody is signed in.
    FORM("postern-form", "Lax"),
    /// The one message after a redirect.
    FLASH("postern-flash", "Lax"),
    /// A link from a letter, while its page is open. Lax, because a letter is another site.
    LINK("postern-link", "Lax"),
    /// Between the right password and the second factor.
    SECOND_STEP("postern-second-step", "Strict"),
    /// Light or dark, where somebody chose.
    THEME("postern-theme", "Lax");

    private final String cookieName;
    private final String sameSite;

    Kind(String cookieName, String sameSite) {
      this.cookieName = cookieName;
      this.sameSite = sameSite;
    }
  }

  /// The session that this very request was given: what it still draws belongs to that one.
  private static final String WRITTEN_SESSION = Cookies.class.getName() + ".session";

  private final Proxies proxies;

  public Cookies(Proxies proxies) {
    this.proxies = proxies;
  }

  public @Nullable String read(HttpServletRequest request, Kind kind) {
    if (kind == Kind.SESSION && request.getAttribute(WRITTEN_SESSION) instanceof String value) {
      return value.isEmpty() ? null : value;
    }
    var cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    var name = name(request, kind);
    for (var cookie : cookies) {
      if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
        return cookie.getValue();
      }
    }
    return null;
  }

  /// @param age how long the browser keeps it; absent: until the browser closes
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Kind kind,
      String value,
      @Nullable Duration age) {
    if (kind == Kind.SESSION) {
      request.setAttribute(WRITTEN_SESSION, value);
    }
    var cookie =
        ResponseCookie.from(name(request, kind), value)
            .path("/")
            .httpOnly(true)
            .secure(proxies.isSecure(request))
            .sameSite(kind.sameSite);
    if (age != null) {
      cookie.maxAge(age);
    }
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
  }

  public void clear(HttpServletRequest request, HttpServletResponse response, Kind kind) {
    write(request, response, kind, "", Duration.ZERO);
  }

  private String name(HttpServletRequest request, Kind kind) {
    return (proxies.isSecure(request) ? "__Host-" : "") + kind.cookieName;
  }
}
