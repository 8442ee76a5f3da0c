package io.postern.console.platform.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.postern.console.platform.database.DatabaseException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Renders the precompiled templates under `src/main/jte`.
public final class Pages {
  /// Flash attribute and parameter for the one message after a redirect.
  public static final String MESSAGE = "message";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "io.postern.console.jte");
  private final ObjectProvider<Waiting> waiting;

  public Pages(ObjectProvider<Waiting> waiting) {
    this.waiting = waiting;
  }

  /// The frame of a page for this request.
  public Frame frame(HttpServletRequest request, String title, @Nullable MenuItem active) {
    var csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    // Without a token no form of the menu would work; that happens where a filter refused.
    var actor = csrf == null ? null : (Actor) request.getAttribute(Actor.ATTRIBUTE);
    return new Frame(
        title,
        active,
        actor,
        csrf == null ? "" : csrf.getToken(),
        theme(request),
        actor == null ? 0 : waitingCount(),
        flash(request));
  }

  /// A page as the answer to a request.
  ///
  /// @param template name below `src/main/jte`, without ending
  /// @param model the template's parameters by name
  public ResponseEntity<String> show(HttpStatus status, String template, Map<String, ?> model) {
    return ResponseEntity.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .body(render(template, model));
  }

  public ResponseEntity<String> show(String template, Map<String, ?> model) {
    return show(HttpStatus.OK, template, model);
  }

  /// See other (303): after a change the browser asks for a page again, which shows the message
  /// once.
  public ResponseEntity<String> redirect(String path, String message) {
    var current = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    RequestContextUtils.getOutputFlashMap(current.getRequest()).put(MESSAGE, message);
    RequestContextUtils.saveOutputFlashMap(
        path, current.getRequest(), java.util.Objects.requireNonNull(current.getResponse()));
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", path).body("");
  }

  /// What a form answers when it is done: another page, by GET. Its message goes into a flash
  /// attribute named [#MESSAGE].
  public static ResponseEntity<String> seeOther(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }

  /// The template as text, for fragments of a stream.
  public String render(String template, Map<String, ?> model) {
    var output = new StringOutput(16_384);
    templates.render(template + ".jte", new java.util.HashMap<>(model), output);
    return output.toString();
  }

  private long waitingCount() {
    var source = waiting.getIfAvailable();
    try {
      return source == null ? 0 : source.count();
    } catch (DatabaseException | DataAccessException _) {
      // The page that says so must not fail of it.
      return 0;
    }
  }

  private static @Nullable String flash(HttpServletRequest request) {
    var flash = RequestContextUtils.getInputFlashMap(request);
    return flash == null ? null : (String) flash.get(MESSAGE);
  }

  private static String theme(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (var cookie : cookies) {
        if (cookie.getName().endsWith("postern-theme") && cookie.getValue().matches("light|dark")) {
          return cookie.getValue();
        }
      }
    }
    return "auto";
  }
}
