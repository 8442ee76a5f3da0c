package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/// The CSRF tokens: HMAC-SHA-256 of the session, or of a random cookie before sign-in. So
/// nothing is stored, an anonymous visit writes no row, and a token dies with its session.
final class FormTokens implements CsrfTokenRepository {
  private static final String FRESH = FormTokens.class.getName();
  private static final int COOKIE_OCTETS = 32;

  private final Cookies cookies;
  private final byte[] key;
  private final RandomGenerator random;

  FormTokens(Cookies cookies, byte[] key, RandomGenerator random) {
    this.cookies = cookies;
    this.key = key.clone();
    this.random = random;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    var octets = new byte[COOKIE_OCTETS];
    random.nextBytes(octets);
    var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    request.setAttribute(FRESH, cookie);
    return token("form:" + cookie);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && request.getAttribute(FRESH) instanceof String cookie) {
      cookies.write(request, response, Cookies.Kind.FORM, cookie, null);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    if (request.getAttribute(Actor.ATTRIBUTE) != null) {
      return token("session:" + cookies.read(request, Cookies.Kind.SESSION));
    }
    var cookie = cookies.read(request, Cookies.Kind.FORM);
    return cookie == null ? null : token("form:" + cookie);
  }

  /// Replaces the token of this request after its session was renewed, so that a form which comes
  /// back with an error can be sent again.
  void renew(HttpServletRequest request, HttpServletResponse response) {
    new XorCsrfTokenRequestAttributeHandler()
        .handle(request, response, () -> Objects.requireNonNull(loadToken(request)));
  }

  private CsrfToken token(String bound) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var code = mac.doFinal(bound.getBytes(StandardCharsets.UTF_8));
      return new DefaultCsrfToken(
          "X-CSRF-TOKEN", "_csrf", Base64.getUrlEncoder().withoutPadding().encodeToString(code));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
    }
  }
}
