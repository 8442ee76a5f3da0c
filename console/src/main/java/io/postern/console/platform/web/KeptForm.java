package io.postern.console.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Keeps a whole form over the page that asks for a factor again, as one sealed field: what was
/// typed may be a password, which the page must not show. The form is good for the address that it
/// was sent to, in this session.
final class KeptForm extends OncePerRequestFilter {
  static final String FIELD = "_kept";

  private final SealedFields fields;
  private final HandlerExceptionResolver faults;

  KeptForm(SealedFields fields, HandlerExceptionResolver faults) {
    this.fields = fields;
    this.faults = faults;
  }

  /// @return the value of the one field that stands for all of this request
  static String seal(SealedFields fields, HttpServletRequest request) {
    var pairs = new ArrayList<String>();
    request
        .getParameterMap()
        .forEach((name, values) -> {
          if (!isOwn(name)) {
            for (var value : values) {
              pairs.add(encoded(name) + "=" + encoded(value));
            }
          }
        });
    return fields.seal(
        request, purpose(request), String.join("&", pairs).getBytes(StandardCharsets.UTF_8));
  }

  /// Behind the CSRF filter, so that only a form of ours gets here.
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var sealed = Area.of(request) == Area.PAGES ? request.getParameter(FIELD) : null;
    if (sealed == null || request.getAttribute(Actor.ATTRIBUTE) == null) {
      chain.doFilter(request, response);
      return;
    }
    var kept = open(request, sealed);
    if (kept == null) {
      faults.resolveException(request, response, null, Refusal.formNotKept());
      return;
    }
    chain.doFilter(new Refilled(request, kept), response);
  }

  private @Nullable Map<String, String[]> open(HttpServletRequest request, String sealed) {
    var plain = fields.open(request, purpose(request), sealed);
    if (plain == null) {
      return null;
    }
    var values = new LinkedHashMap<String, List<String>>();
    for (var pair : StandardCharsets.UTF_8.decode(plain).toString().split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        values
            .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    var kept = new HashMap<String, String[]>();
    values.forEach((name, list) -> kept.put(name, list.toArray(String[]::new)));
    return kept;
  }

  private static String purpose(HttpServletRequest request) {
    return "kept-form " + request.getRequestURI();
  }

  /// What belongs to the page that asks, and not to the form.
  private static boolean isOwn(String name) {
    return name.equals("_csrf") || name.equals(FIELD) || PageSignIn.Given.isOne(name);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// The request as it was before the factor was asked for, with the factor.
  private static final class Refilled extends HttpServletRequestWrapper {
    private final Map<String, String[]> values;

    Refilled(HttpServletRequest request, Map<String, String[]> kept) {
      super(request);
      var all = new HashMap<>(kept);
      request
          .getParameterMap()
          .forEach((name, given) -> {
            if (isOwn(name) && !name.equals(FIELD)) {
              all.put(name, given);
            }
          });
      this.values = Collections.unmodifiableMap(all);
    }

    @Override
    public @Nullable String getParameter(String name) {
      var found = values.get(name);
      return found == null ? null : found[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return values;
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(values.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      return values.get(name);
    }
  }
}
