package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/// The parts of the address space, which differ in how one signs in and how errors look.
enum Area {
  PAGES,
  API,
  ACTUATOR,
  STATIC;

  static Area of(HttpServletRequest request) {
    var path = AskedPath.first(request);
    if (path.startsWith("/v1/") || path.equals("/v1")) {
      return API;
    }
    if (path.startsWith("/actuator/") || path.equals("/actuator")) {
      return ACTUATOR;
    }
    return path.startsWith("/static/") ? STATIC : PAGES;
  }

  /// Whether the request's page is reached by a link that holds a token, or is one that such a link
  /// leads to: no other site may learn its address.
  static boolean hasToken(HttpServletRequest request) {
    var path = AskedPath.of(request);
    return path.startsWith("/link/")
        || path.startsWith("/activate")
        || path.startsWith("/system/setup");
  }
}
