package io.postern.console.api;

import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What the code itself knows of a call, so that its description need not say it again.
///
/// @param isOpen without signing in
/// @param takesBody a JSON object
/// @param isFresh needs a sign-in younger than 15 minutes
/// @param scopes of which a key needs one, empty: any key will do, absent: closed to keys
/// @param roles whose accounts may call
record HandlerFacts(
    boolean isOpen,
    boolean takesBody,
    boolean isFresh,
    @Nullable List<Scope> scopes,
    List<Role> roles) {
  private static final String API = "/v1";

  static HandlerFacts of(Method handler) {
    var needs = handler.getAnnotation(Needs.class);
    var allow = found(handler, Allow.class);
    return new HandlerFacts(
        handler.isAnnotationPresent(Open.class),
        Arrays.asList(handler.getParameterTypes()).contains(Fields.class),
        found(handler, StepUp.class) != null,
        needs == null ? null : List.of(needs.value()),
        allow == null ? List.of() : List.of(allow.value()));
  }

  /// The calls that this process answers, such as `GET /v1/mails`.
  static Map<String, HandlerFacts> mapped(RequestMappingHandlerMapping mapping) {
    var calls = new LinkedHashMap<String, HandlerFacts>();
    mapping
        .getHandlerMethods()
        .forEach((info, handler) -> {
          for (var path : info.getPatternValues()) {
            for (var verb : info.getMethodsCondition().getMethods()) {
              if (path.startsWith(API)) {
                calls.put(verb.name() + " " + path, of(handler.getMethod()));
              }
            }
          }
        });
    return calls;
  }

  /// The problems that every such call may answer, as status and code.
  Stream<String> problems() {
    var all = Stream.<String>builder();
    if (takesBody) {
      all.add("400 malformed-json").add("413 too-large").add("415 media-type");
      all.add("422 invalid-fields");
    }
    if (!isOpen) {
      all.add("401 not-signed-in").add("403 not-allowed");
      if (scopes == null) {
        all.add("403 token-needed");
      } else if (!scopes.isEmpty()) {
        all.add("403 scope-missing");
      }
      if (isFresh) {
        all.add("403 step-up-required");
      }
    }
    return all.add("500 internal-error").add("503 database-unavailable").build();
  }

  /// Who may call, a sentence.
  String access() {
    if (isOpen) {
      return "Needs no sign-in.";
    }
    var who = String.join(", ", roles.stream().map(Role::label).toList());
    var fresh = isFresh ? " A token must be younger than 15 minutes." : "";
    if (scopes == null) {
      return who + "; by token only." + fresh;
    }
    return scopes.isEmpty()
        ? who + "; any key will do." + fresh
        : "%s; a key with the scope %s.%s"
            .formatted(who, String.join(" or ", scopes.stream().map(Scope::word).toList()), fresh);
  }

  private static <A extends Annotation> @Nullable A found(Method handler, Class<A> type) {
    var own = handler.getAnnotation(type);
    return own != null
        ? own
        : AnnotatedElementUtils.findMergedAnnotation(handler.getDeclaringClass(), type);
  }
}
