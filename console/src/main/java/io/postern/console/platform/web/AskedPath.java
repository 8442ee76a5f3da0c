package io.postern.console.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/// The path that a request asks for, decoded once, as the handlers are found by it. Whoever decides
/// by a path decides by this one: `/%61ctuator` leads where `/actuator` does, and the URI as it was
/// sent would lead around the decision.
public final class AskedPath {
  private AskedPath() {}

  public static String of(HttpServletRequest request) {
    return decoded(request.getRequestURI());
  }

  /// The path at which the request failed, where this is the answer to a failed one.
  static String first(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
        ? decoded(failed)
        : of(request);
  }

  private static String decoded(String uri) {
    try {
      return UriUtils.decode(uri, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // The server answers 400 to it, and no handler is found by it.
      return uri;
    }
  }
}
