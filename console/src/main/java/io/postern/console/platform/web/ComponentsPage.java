package io.postern.console.platform.web;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Every component of the console on one page, for whoever builds the next page: what
/// `docs/components.md` describes, as it looks here and now.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class ComponentsPage {
  static final String PATH = "/docs/components";

  private static final List<Rung> RUNGS =
      List.of(
          new Rung(Stage.DNS, Rung.Outcome.PASSED, 12, "192.0.2.25"),
          new Rung(Stage.CONNECT, Rung.Outcome.PASSED, 18, "192.0.2.25, port 587"),
          new Rung(Stage.BANNER, Rung.Outcome.PASSED, 21, "mail.example.com ESMTP"),
          new Rung(Stage.EHLO, Rung.Outcome.PASSED, 19, "STARTTLS, SIZE 35882577, PIPELINING"),
          new Rung(Stage.STARTTLS, Rung.Outcome.PASSED, 44, "TLS 1.3"),
          new Rung(Stage.CERTIFICATE, Rung.Outcome.WARNED, 2, "not verified"),
          new Rung(
              Stage.AUTH, Rung.Outcome.FAILED, 88, "535 5.7.8 Authentication credentials invalid"),
          new Rung(Stage.MAIL_FROM, Rung.Outcome.SKIPPED, 0, "not reached"));

  private final Pages pages;

  ComponentsPage(Pages pages) {
    this.pages = pages;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request) {
    return pages.show(
        "platform/components",
        Map.of("frame", pages.frame(request, "Components", null), "rungs", RUNGS));
  }
}
