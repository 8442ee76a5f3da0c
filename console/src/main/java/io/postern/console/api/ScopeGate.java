package io.postern.console.api;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.RefusalWatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds keys to their scopes, after the platform has held the account to its role.
final class ScopeGate implements HandlerInterceptor {
  private final ObjectProvider<RefusalWatch> watch;

  ScopeGate(ObjectProvider<RefusalWatch> watch) {
    this.watch = watch;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && request.getAttribute(Credential.ATTRIBUTE) instanceof Credential.Key key) {
      check(method, key, request);
    }
    return true;
  }

  private void check(HandlerMethod method, Credential.Key key, HttpServletRequest request) {
    var needs = method.getMethodAnnotation(Needs.class);
    if (needs == null) {
      tell(request, "a key cannot do this");
      throw new Refusal(
          403,
          "token-needed",
          "A key cannot do this. Sign in with POST /v1/auth/syslogin and use the token.");
    }
    var wanted = List.of(needs.value());
    if (!wanted.isEmpty() && Arrays.stream(needs.value()).noneMatch(key.scopes()::contains)) {
      var words = wanted.stream().map(Scope::word).toList();
      var lacking = "the scope " + String.join(" or ", words);
      tell(request, "the key %s lacks %s".formatted(key.uid(), lacking));
      throw new Refusal(
          403,
          "scope-missing",
          "The key lacks %s. Make a key that has it, in My Account.".formatted(lacking),
          Map.of("scopes", words));
    }
  }

  private void tell(HttpServletRequest request, String why) {
    if (request.getAttribute(Actor.ATTRIBUTE) instanceof Actor actor) {
      watch.ifAvailable(each -> each.refused(actor, RefusalWatch.what(request), why));
    }
  }
}
