package io.postern.console.settings;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// Where the link of a test message leads, and what the operator's page asks meanwhile. Fetching
/// the link changes nothing, as scanners do it too; its button does.
@Controller
class ArrivalPages {
  private final Pages pages;
  private final Arrivals arrivals;
  private final SmtpScreen screen;

  ArrivalPages(Pages pages, Arrivals arrivals, SmtpScreen screen) {
    this.pages = pages;
    this.arrivals = arrivals;
    this.screen = screen;
  }

  @Open
  @GetMapping(Arrivals.PATH + "{uid}/{token}")
  ResponseEntity<String> ask(
      HttpServletRequest request, @PathVariable String uid, @PathVariable String token) {
    return show(request, require(uid, token));
  }

  @Open
  @PostMapping(Arrivals.PATH + "{uid}/{token}")
  ResponseEntity<String> confirm(
      HttpServletRequest request, @PathVariable String uid, @PathVariable String token) {
    arrivals.confirm(require(uid, token));
    return show(request, require(uid, token));
  }

  /// The rung and the sentence of proof, as they are now.
  @Allow({Role.ROOT, Role.OPERATIONS})
  @GetMapping(SmtpPage.PATH + "/arrivals/{uid}")
  ResponseEntity<String> follow(Actor actor, @PathVariable String uid) {
    var view = screen.arrival(arrivals.of(actor, uid));
    return view == null
        ? ResponseEntity.notFound().build()
        : pages.show("settings/arrival-now", Map.of("arrival", view));
  }

  private Arrival require(String uid, String token) {
    var arrival = arrivals.find(uid, token);
    if (arrival == null) {
      throw new Refusal(
          410,
          "link-ended",
          "This link is not one of ours. Copy it whole from the message, or send another one.");
    }
    if (arrivals.stateOf(arrival) == Arrival.State.EXPIRED) {
      throw new Refusal(410, "link-ended", "This link has expired. Send another test message.");
    }
    return arrival;
  }

  private ResponseEntity<String> show(HttpServletRequest request, Arrival arrival) {
    return pages.show(
        HttpStatus.OK,
        "settings/arrived",
        Map.of(
            "frame",
            pages.frame(request, "Did the test message arrive?", null),
            "arrival",
            arrival,
            "action",
            request.getRequestURI()));
  }
}
