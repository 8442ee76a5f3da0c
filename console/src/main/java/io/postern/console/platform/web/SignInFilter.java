package io.postern.console.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/// Leaves the [Actor] in the request: by session cookie for pages, by token or key for the API,
/// never both. Pages behind a link from a letter know nobody: the mail page that the link is on
/// brings no session (it is `Strict`), and the form sent from there would bring one, so that its
/// token would fit neither.
final class SignInFilter extends OncePerRequestFilter {
  private final ObjectProvider<PageSignIn> pages;
  private final ObjectProvider<ApiSignIn> api;

  SignInFilter(ObjectProvider<PageSignIn> pages, ObjectProvider<ApiSignIn> api) {
    this.pages = pages;
    this.api = api;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var actor = actorOf(request);
    if (actor != null) {
      request.setAttribute(Actor.ATTRIBUTE, actor);
    }
    if (Area.of(request) == Area.ACTUATOR && actor == null && !isLocal(request)) {
      api.ifAvailable(known -> known.refused(request));
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    chain.doFilter(request, response);
  }

  private @Nullable Actor actorOf(HttpServletRequest request) {
    return switch (Area.of(request)) {
      case STATIC -> null;
      case API, ACTUATOR -> {
        var known = api.getIfAvailable();
        yield known == null ? null : known.actorOf(request);
      }
      case PAGES -> {
        var known = pages.getIfAvailable();
        yield known == null || Area.hasToken(request) ? null : known.actorOf(request);
      }
    };
  }

  /// A request that a proxy passed on is not local, whatever the proxy's own address; nor is one
  /// that named another host: a page of the web whose name was led to this machine asks through a
  /// browser on it.
  private static boolean isLocal(HttpServletRequest request) {
    return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
        && isLoopback(request.getServerName())
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null;
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      // A name: whoever owns it decides where it leads.
      return false;
    }
  }
}
