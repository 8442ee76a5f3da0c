package io.postern.console.api;

import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.settings.InstanceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The API for people to read, and the words for each problem's code, to which problems link.
@Controller
@Open
class ReferencePages {
  private final Pages pages;
  private final InstanceSettings instance;
  private final RequestMappingHandlerMapping mapping;

  ReferencePages(
      Pages pages,
      InstanceSettings instance,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
    this.pages = pages;
    this.instance = instance;
    this.mapping = mapping;
  }

  @GetMapping("/docs/api")
  ResponseEntity<String> api(HttpServletRequest request) {
    return show(request, "API", "api/reference");
  }

  @GetMapping("/docs/problems")
  ResponseEntity<String> problems(HttpServletRequest request) {
    return show(request, "Problems", "api/problems");
  }

  private ResponseEntity<String> show(HttpServletRequest request, String title, String template) {
    var reference =
        ApiReference.of(ApiText.read(), HandlerFacts.mapped(mapping), instance.baseUrl());
    return pages.show(
        template, Map.of("frame", pages.frame(request, title, null), "reference", reference));
  }
}
