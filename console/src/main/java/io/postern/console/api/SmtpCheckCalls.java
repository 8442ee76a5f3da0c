package io.postern.console.api;

import io.postern.console.platform.Uid;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Problem;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.VerdictJson;
import io.postern.console.settings.Arrival;
import io.postern.console.settings.Arrivals;
import io.postern.console.settings.RelaySettings;
import io.postern.console.settings.Validation;
import io.postern.console.settings.Validations;
import io.postern.smtp.diagnosis.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// Checks of an SMTP configuration that is sent along: at once, or as something that is started and
/// read. Nothing that is saved changes.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class SmtpCheckCalls {
  static final String CHECKS = SmtpConfigCalls.PATH + "/checks";

  /// The check itself ends within 90 seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final String TRY_AFTER_SECONDS = "60";

  private final RelaySettings settings;
  private final Validations validations;
  private final Arrivals arrivals;
  private final Uid uids;

  SmtpCheckCalls(RelaySettings settings, Validations validations, Arrivals arrivals, Uid uids) {
    this.arrivals = arrivals;
    this.settings = settings;
    this.validations = validations;
    this.uids = uids;
  }

  /// 204 when the configuration is valid, 422 with the verdict when it is not.
  @Needs({Scope.SMTP_CHECK, Scope.SMTP_WRITE})
  @PutMapping(SmtpConfigCalls.PATH + "/validate")
  ResponseEntity<?> validate(Actor actor, Fields fields, HttpServletResponse response)
      throws InterruptedException {
    var validation = start(actor, fields, response);
    var verdict = validation.await(PATIENCE);
    if (verdict == null) {
      throw new Refusal(
          504, "check-unfinished", "The check did not end in time. Start it again, or use checks.");
    }
    return verdict.isValid()
        ? ResponseEntity.noContent().header("AuditUid", validation.auditUid()).build()
        : ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .header("AuditUid", validation.auditUid())
            .body(problem(verdict));
  }

  @Needs({Scope.SMTP_CHECK, Scope.SMTP_WRITE})
  @PostMapping(CHECKS)
  ResponseEntity<Map<String, Object>> begin(
      Actor actor, Fields fields, HttpServletResponse response) {
    var validation = start(actor, fields, response);
    return ResponseEntity.status(HttpStatus.CREATED)
        .header("Location", CHECKS + "/" + validation.uid())
        .body(Map.of("uid", validation.uid()));
  }

  @Needs({Scope.SMTP_CHECK, Scope.SMTP_WRITE})
  @GetMapping(CHECKS + "/{uid}")
  Map<String, Object> show(Actor actor, @PathVariable String uid) {
    var validation = find(validations, actor, uid);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("uid", uid);
    metadata.put("creationTimestamp", validation.startedAt().toString());
    var status = new LinkedHashMap<String, Object>();
    var verdict = validation.verdict();
    // A check that was just told to stop has no verdict for a moment: it is still running.
    var state = verdict == null ? Validation.State.RUNNING : validation.state();
    status.put("state", state.name().toLowerCase(Locale.ROOT));
    if (verdict != null) {
      status.put("verdict", tree(validation, verdict));
    }
    var arrival = arrivals.of(actor, uid);
    if (arrival != null) {
      status.put("arrival", arrival(arrival));
    }
    return Map.of("metadata", metadata, "status", status);
  }

  static Map<String, Object> tree(Validation validation, Verdict verdict) {
    return validation.state() == Validation.State.CANCELLED
        ? VerdictJson.cancelled(verdict)
        : VerdictJson.tree(verdict);
  }

  /// @return one of this account's checks of the last 15 minutes
  static Validation find(Validations validations, Actor actor, String uid) {
    var validation = validations.find(actor, uid);
    if (validation == null) {
      throw Refusal.notFound("check");
    }
    return validation;
  }

  private Map<String, Object> arrival(Arrival arrival) {
    var body = new LinkedHashMap<String, Object>();
    body.put("state", arrivals.stateOf(arrival).name().toLowerCase(Locale.ROOT));
    body.put("to", arrival.recipient());
    body.put("linkExpiresAt", arrival.expiresAt().toString());
    var at = arrival.arrivedAt();
    if (at != null) {
      body.put("arrivedAt", at.toString());
    }
    return body;
  }

  private Validation start(Actor actor, Fields fields, HttpServletResponse response) {
    var body = SmtpBody.ofCheck(fields);
    SmtpConfigCalls.requirePassword(settings, body);
    var secret = settings.secretFor(body.values(), body.change());
    var request =
        new Validations.Request(body.values(), secret, body.testRecipient(), body.depth());
    return switch (validations.start(actor, request)) {
      case Validations.Start.Started(var validation) -> validation;
      case Validations.Start.Refused(var sentence) -> {
        response.setHeader("Retry-After", TRY_AFTER_SECONDS);
        throw new Refusal(429, "too-many-checks", sentence);
      }
    };
  }

  private Map<String, Object> problem(Verdict verdict) {
    var diagnosis = Objects.requireNonNull(verdict.diagnosis());
    var refusal = new Refusal(422, diagnosis.cause(), diagnosis.summary());
    var body = Problem.of(refusal, uids.next());
    body.put("type", "/docs/findings/" + diagnosis.cause());
    body.put("verdict", VerdictJson.tree(verdict));
    return body;
  }
}
