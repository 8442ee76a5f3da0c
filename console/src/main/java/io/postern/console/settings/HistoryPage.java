package io.postern.console.settings;

import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// *Administration › SMTP › History*: every saved version, what changed, who did it; no secrets.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class HistoryPage {
  private final Pages pages;
  private final RelaySettings settings;

  HistoryPage(Pages pages, RelaySettings settings) {
    this.pages = pages;
    this.settings = settings;
  }

  @GetMapping(SmtpPage.PATH + "/history")
  ResponseEntity<String> history(HttpServletRequest request) {
    return pages.show(
        "settings/history",
        Map.of(
            "frame",
            pages.frame(request, "Administration", MenuItem.ADMINISTRATION),
            "versions",
            settings.history()));
  }
}
