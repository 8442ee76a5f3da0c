package io.postern.console.api;

import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds keys to their scopes, after the platform has held the account to its role.
final class ScopeGate implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && request.getAttribute(Credential.ATTRIBUTE) instanceof Credential.Key(_, var scopes)) {
      check(method, scopes);
    }
    return true;
  }

  private static void check(HandlerMethod method, Set<Scope> scopes) {
    var needs = method.getMethodAnnotation(Needs.class);
    if (needs == null) {
      throw new Refusal(
          403,
          "token-needed",
          "A key cannot do this. Sign in with POST /v1/auth/syslogin and use the token.");
    }
    var wanted = List.of(needs.value());
    if (!wanted.isEmpty() && Arrays.stream(needs.value()).noneMatch(scopes::contains)) {
      var words = wanted.stream().map(Scope::word).toList();
      throw new Refusal(
          403,
          "scope-missing",
          "The key lacks the scope %s. Make a key that has it, in My Account."
              .formatted(String.join(" or ", words)),
          Map.of("scopes", words));
    }
  }
}
