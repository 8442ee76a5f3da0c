package io.postern.console.api;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.Uid;
import io.postern.console.platform.web.Problem;
import io.postern.console.platform.web.Refusal;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// What the platform cannot know: that the outbox takes nothing more, and that a password is not
/// enough.
@ControllerAdvice(basePackageClasses = ApiFaults.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiFaults {
  private static final String TRY_AFTER_SECONDS = "60";

  private final Uid uids;

  ApiFaults(Uid uids) {
    this.uids = uids;
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> full(OutboxFullException full) {
    var refusal = new Refusal(503, "outbox-full", String.valueOf(full.getMessage()));
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header("Retry-After", TRY_AFTER_SECONDS)
        .body(Problem.of(refusal, uids.next()));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> half(SecondFactorNeededException needed) {
    var refusal = new Refusal(401, "second-factor-needed", String.valueOf(needed.getMessage()));
    var body = Problem.of(refusal, uids.next());
    body.put("IsMfa", true);
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .body(body);
  }
}
