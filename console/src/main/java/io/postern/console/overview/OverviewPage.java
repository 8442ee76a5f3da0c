package io.postern.console.overview;

import io.postern.console.outbox.Mails;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.settings.InstanceSettings;
import io.postern.console.settings.RelaySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// *Overview*: whether mail goes out, what waits, and what to do next.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class OverviewPage {
  private final Pages pages;
  private final RelaySettings relay;
  private final InstanceSettings instance;
  private final Mails mails;
  private final Advice advice;

  OverviewPage(
      Pages pages, RelaySettings relay, InstanceSettings instance, Mails mails, Advice advice) {
    this.pages = pages;
    this.relay = relay;
    this.instance = instance;
    this.mails = mails;
    this.advice = advice;
  }

  @GetMapping({"/system", "/system/"})
  ResponseEntity<String> show(HttpServletRequest request, Actor actor) {
    var inForce = relay.inForce();
    var situation =
        new Situation(
            inForce,
            instance.isLocalhost(),
            mails.health(),
            advice.outbox().obstacle(),
            mails.counts(),
            advice.signs().now(),
            advice.hasTenants(),
            mails.notices(inForce));
    return pages.show(
        "overview/overview",
        Map.of(
            "frame",
            pages.frame(request, "Overview", MenuItem.OVERVIEW),
            "situation",
            situation,
            "name",
            instance.displayName(),
            "passkeyAdvice",
            advice.passkeys().to(actor),
            "certificateWarning",
            advice.certificate()));
  }
}
