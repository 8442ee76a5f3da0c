package io.postern.console.settings;

import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.smtp.sender.SenderReport;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// Draws the SMTP tab.
final class SmtpScreen {
  private final Pages pages;
  private final InstantSource clock;

  SmtpScreen(Pages pages, InstantSource clock) {
    this.pages = pages;
    this.clock = clock;
  }

  ResponseEntity<String> show(HttpServletRequest request, HttpStatus status, SmtpView view) {
    return show(request, status, view, null);
  }

  /// @param report how the sender looks to receivers, null when nobody asked
  ResponseEntity<String> show(
      HttpServletRequest request, HttpStatus status, SmtpView view, @Nullable SenderReport report) {
    var model = new HashMap<String, Object>();
    model.put("frame", pages.frame(request, "Administration", MenuItem.ADMINISTRATION));
    model.put("view", view);
    model.put("report", report);
    model.put("provider", ProviderHint.of(view.form().host(), view.form().from(), clock.instant()));
    return pages.show(status, "settings/smtp", model);
  }

  /// The lines about the provider alone, while somebody types.
  ResponseEntity<String> provider(String host, String from) {
    var model = new HashMap<String, Object>();
    model.put("provider", ProviderHint.of(host, from, clock.instant()));
    return pages.show(HttpStatus.OK, "settings/provider", model);
  }
}
