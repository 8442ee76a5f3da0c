package io.postern.console.api;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.VerdictJson;
import io.postern.console.settings.Validation;
import io.postern.console.settings.Validations;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/// A check as a stream of server-sent events: every stage as it ends, then the verdict. Events are
/// numbered from 0; a caller that lost the connection goes on with `Last-Event-ID`.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class SmtpCheckEvents {
  /// A comment line this often keeps proxies from closing the stream, and finds out callers that
  /// are gone.
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final Validations validations;

  SmtpCheckEvents(Validations validations) {
    this.validations = validations;
  }

  /// Writes on this request's own virtual thread until the verdict is out or the caller is gone.
  @Needs({Scope.SMTP_CHECK, Scope.SMTP_WRITE})
  @GetMapping(SmtpCheckCalls.CHECKS + "/{uid}/events")
  void follow(
      Actor actor,
      @PathVariable String uid,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    var validation = SmtpCheckCalls.find(validations, actor, uid);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("X-Accel-Buffering", "no");
    var out = response.getWriter();
    var number = last != null && last.matches("[0-9]{1,6}") ? Integer.parseInt(last) + 1 : 0;
    while (!out.checkError()) {
      var event = validation.event(number, BEAT);
      if (event == null && validation.verdict() != null) {
        return;
      }
      number += write(out, number, event, validation);
    }
  }

  /// @return how many events were written
  private static int write(
      PrintWriter out, int number, Validation.@Nullable Event event, Validation validation) {
    switch (event) {
      case null -> out.write(": still running\n\n");
      case Validation.Event.Ended(var rung) -> send(out, number, "stage", VerdictJson.rung(rung));
      case Validation.Event.Waits(var stage, var sentence) ->
          send(out, number, "waiting", Map.of("stage", stage.word(), "detail", sentence));
      case Validation.Event.Judged(var verdict) ->
          send(out, number, "verdict", SmtpCheckCalls.tree(validation, verdict));
    }
    out.flush();
    return event == null ? 0 : 1;
  }

  /// The data is one line: JSON escapes line breaks.
  private static void send(PrintWriter out, int number, String name, Map<String, Object> data) {
    out.write("id: " + number + "\nevent: " + name + "\n");
    out.write("data: " + VerdictJson.text(data) + "\n\n");
  }
}
