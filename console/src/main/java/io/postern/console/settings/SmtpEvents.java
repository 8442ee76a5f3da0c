package io.postern.console.settings;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.smtp.diagnosis.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The rungs of a running check as server-sent events, each a finished piece of the page.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class SmtpEvents {
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final Pages pages;
  private final Validations validations;
  private final RelaySettings settings;
  private final Arrivals arrivals;
  private final SmtpScreen screen;

  SmtpEvents(
      Pages pages,
      Validations validations,
      RelaySettings settings,
      Arrivals arrivals,
      SmtpScreen screen) {
    this.arrivals = arrivals;
    this.screen = screen;
    this.pages = pages;
    this.validations = validations;
    this.settings = settings;
  }

  /// Writes on this request's own virtual thread until the verdict is out or the browser is gone.
  @GetMapping(SmtpPage.PATH + "/checks/{uid}/events")
  void follow(Actor actor, @PathVariable String uid, HttpServletResponse response)
      throws IOException, InterruptedException {
    var validation = validations.find(actor, uid);
    if (validation == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("X-Accel-Buffering", "no");
    var out = response.getWriter();
    var number = 0;
    while (!out.checkError()) {
      var event = validation.event(number, BEAT);
      if (event == null
          && validation.state() != Validation.State.RUNNING
          && validation.verdict() != null) {
        return;
      }
      number += write(out, event, validation, actor);
    }
  }

  /// @return how many events were written
  private int write(
      PrintWriter out, Validation.@Nullable Event event, Validation validation, Actor actor) {
    switch (event) {
      case null -> out.write(": still running\n\n");
      case Validation.Event.Ended(var rung) ->
          send(out, "rung", pages.render("component/rung", Map.of("rung", rung)));
      case Validation.Event.Waits(_, var sentence) -> send(out, "waiting", sentence);
      case Validation.Event.Judged(var verdict) -> {
        send(out, "saved", SmtpView.saved(settings.inForce()));
        send(out, "verdict", pages.render("settings/result", result(actor, validation, verdict)));
      }
    }
    out.flush();
    return event == null ? 0 : 1;
  }

  private Map<String, @Nullable Object> result(
      Actor actor, Validation validation, Verdict verdict) {
    var model = new HashMap<String, @Nullable Object>();
    model.put("verdict", verdict);
    model.put("asked", validation.asked());
    model.put("mayTrust", Trustable.isOffered(validation.host(), settings.inForce()));
    model.put("cancelled", validation.state() == Validation.State.CANCELLED);
    model.put("arrival", screen.arrival(arrivals.of(actor, validation.uid())));
    return model;
  }

  /// A line break inside the data begins a new data line (HTML standard, server-sent events).
  private static void send(PrintWriter out, String name, String data) {
    out.write("event: " + name + "\n");
    data.lines().forEach(line -> out.write("data: " + line + "\n"));
    out.write("\n");
  }
}
