package io.postern.console.settings;

import io.postern.console.platform.web.Actor;
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
  private final Arrivals arrivals;
  private final InstanceSettings instance;
  private final InstantSource clock;

  SmtpScreen(Pages pages, Arrivals arrivals, InstanceSettings instance, InstantSource clock) {
    this.pages = pages;
    this.arrivals = arrivals;
    this.instance = instance;
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
    model.put("arrival", arrival(request, view));
    model.put("provider", ProviderHint.of(view.form().host(), view.form().from(), clock.instant()));
    return pages.show(status, "settings/smtp", model);
  }

  /// The lines about the provider alone, while somebody types.
  ResponseEntity<String> provider(String host, String from) {
    var model = new HashMap<String, Object>();
    model.put("provider", ProviderHint.of(host, from, clock.instant()));
    return pages.show(HttpStatus.OK, "settings/provider", model);
  }

  /// What the page says about a test message; null for none.
  @Nullable ArrivalView arrival(@Nullable Arrival arrival) {
    return arrival == null
        ? null
        : ArrivalView.of(arrival, arrivals.stateOf(arrival), instance.isLocalhost());
  }

  /// That of the check which the page shows, else the operator's last one.
  private @Nullable ArrivalView arrival(HttpServletRequest request, SmtpView view) {
    if (!(request.getAttribute(Actor.ATTRIBUTE) instanceof Actor actor)) {
      return null;
    }
    return arrival(
        view.answer() instanceof SmtpView.Answer.Checked checked
            ? arrivals.of(actor, checked.check().uid())
            : arrivals.newest(actor));
  }
}
