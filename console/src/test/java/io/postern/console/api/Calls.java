package io.postern.console.api;

import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Open;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// The calls of the API as the code has them: every handler under `/v1`, in whichever room.
final class Calls {
  private Calls() {}

  /// @param needs absent: closed to keys
  record Call(String verb, String path, Method handler, @Nullable Needs needs) {
    boolean isOpen() {
      return handler.isAnnotationPresent(Open.class)
          || (!handler.isAnnotationPresent(Allow.class)
              && handler.getDeclaringClass().isAnnotationPresent(Open.class));
    }

    boolean takesBody() {
      return Arrays.asList(handler.getParameterTypes()).contains(Fields.class);
    }

    Allow allow() {
      var own = handler.getAnnotation(Allow.class);
      return own != null
          ? own
          : Objects.requireNonNull(handler.getDeclaringClass().getAnnotation(Allow.class));
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  static List<Call> all() {
    return everywhere().filter(call -> call.path().startsWith("/v1")).toList();
  }

  /// The pages and their forms, in whichever room.
  static List<Call> pages() {
    return everywhere().filter(call -> !call.path().startsWith("/v1")).toList();
  }

  private static Stream<Call> everywhere() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    return scanner.findCandidateComponents("io.postern.console").stream()
        .map(found -> type(Objects.requireNonNull(found.getBeanClassName())))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .flatMap(Calls::of)
        .sorted(java.util.Comparator.comparing(Call::toString));
  }

  private static Stream<Call> of(Method handler) {
    var mapping = AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class);
    return mapping == null
        ? Stream.empty()
        : Arrays.stream(mapping.path())
            .flatMap(path ->
                Arrays.stream(mapping.method())
                    .map(verb ->
                        new Call(verb.name(), path, handler, handler.getAnnotation(Needs.class))));
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
