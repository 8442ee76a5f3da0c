package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

/// Learns of everything that a role or a key's scopes did not open. The audit room implements it.
public interface RefusalWatch {
  /// @param what the method and the pattern of the address, such as `GET /system/tenants/{uid}`
  /// @param why without a full stop
  void refused(Actor actor, String what, String why);

  /// What a request asks for: the pattern, not the path, which anybody can fill with anything.
  static String what(HttpServletRequest request) {
    var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return request.getMethod() + " " + (pattern == null ? "an address of no handler" : pattern);
  }
}
