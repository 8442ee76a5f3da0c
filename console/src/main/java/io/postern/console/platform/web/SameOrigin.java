package io.postern.console.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Refuses unsafe requests that a browser says come from another site, before the token is
/// even looked at. `Sec-Fetch-Site` decides where it is sent; `Origin` where not, which is over
/// plain HTTP from another machine. Pages with `Referrer-Policy: no-referrer` send `Origin: null`
/// (Fetch standard, *append a request Origin header*); for them the form's token alone decides.
final class SameOrigin extends OncePerRequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final HandlerExceptionResolver faults;
  private final @Nullable String baseUrl;

  /// @param baseUrl the instance's own address, whose host a proxy may have replaced in `Host`
  SameOrigin(HandlerExceptionResolver faults, @Nullable String baseUrl) {
    this.faults = faults;
    this.baseUrl = baseUrl;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (SAFE.contains(request.getMethod()) || isOwn(request)) {
      chain.doFilter(request, response);
    } else {
      faults.resolveException(request, response, null, Refusal.otherSite());
    }
  }

  private boolean isOwn(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        || (origin.equals("null") && Area.hasToken(request))
        || authority(origin).equals(request.getHeader(HttpHeaders.HOST))
        || (baseUrl != null && authority(origin).equals(authority(baseUrl)));
  }

  private static String authority(String url) {
    try {
      var authority = URI.create(url).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      // What is no address is nobody's origin.
      return "";
    }
  }
}
