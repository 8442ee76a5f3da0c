package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Light, dark, or as the system has it; kept in a cookie for this browser.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
@BeforePasskey
class AppearanceSwitch {
  private static final Duration KEPT = Duration.ofDays(365);

  private final Cookies cookies;

  AppearanceSwitch(Cookies cookies) {
    this.cookies = cookies;
  }

  /// @param back the page to return to; only pages of the console
  @PostMapping("/system/appearance")
  ResponseEntity<Void> choose(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "auto") String theme,
      @RequestParam(defaultValue = "/system") String back) {
    if (theme.matches("light|dark")) {
      cookies.write(request, response, Cookies.Kind.THEME, theme, KEPT);
    } else {
      cookies.clear(request, response, Cookies.Kind.THEME);
    }
    var path = back.matches("/system(/[A-Za-z0-9/_-]*)?") ? back : "/system";
    return ResponseEntity.status(303).header("Location", path).build();
  }
}
