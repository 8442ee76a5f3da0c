package io.postern.console.api;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import io.postern.console.settings.PasswordChange;
import io.postern.console.settings.RelaySettings;
import io.postern.console.settings.RelayVersion;
import io.postern.console.settings.Saving;
import io.postern.console.settings.Validations;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// The SMTP configuration in force: read without its password, replaced as a whole.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class SmtpConfigCalls {
  static final String PATH = "/v1/system/config/smtp";

  private final RelaySettings settings;
  private final Validations validations;

  SmtpConfigCalls(RelaySettings settings, Validations validations) {
    this.settings = settings;
    this.validations = validations;
  }

  /// The `ETag` is the number of the version.
  @Needs({Scope.SMTP_READ, Scope.SMTP_WRITE})
  @GetMapping(PATH)
  ResponseEntity<Map<String, Object>> show() {
    var version = settings.inForce();
    return ResponseEntity.ok().eTag(tag(version)).body(SmtpJson.of(version));
  }

  /// Is in force at once. With `If-Match`, only when nobody saved in between.
  @StepUp
  @Needs(Scope.SMTP_WRITE)
  @PutMapping(PATH)
  ResponseEntity<Void> replace(
      Actor actor,
      Fields fields,
      @RequestHeader(name = "If-Match", required = false) @Nullable String match) {
    var body = SmtpBody.ofConfiguration(fields);
    var inForce = settings.inForce();
    if (match != null && !match.equals("*") && !match.equals("\"" + tag(inForce) + "\"")) {
      throw overtaken(412, inForce);
    }
    requirePassword(settings, body);
    requireMeant(fields, inForce, body);
    var secret = settings.secretFor(body.values(), body.change());
    var validated = validations.wasValid(actor, body.values(), secret);
    var expected = inForce == null ? 0 : inForce.number();
    return switch (settings.save(actor, body.values(), body.change(), validated, expected)) {
      case Saving.Saved(var number, _) ->
          ResponseEntity.noContent().eTag(String.valueOf(number)).build();
      case Saving.Overtaken(var byNow) -> throw overtaken(409, byNow);
      case Saving.PasswordNeeded _ -> throw passwordNeeded();
      case Saving.NotWritten(var failure) -> throw failure;
    };
  }

  /// A stored password serves only where it was saved for.
  static void requirePassword(RelaySettings settings, SmtpBody body) {
    if (body.change() instanceof PasswordChange.Keep
        && !body.values().isAnonymous()
        && settings.secretFor(body.values(), body.change()) == null) {
      throw passwordNeeded();
    }
  }

  /// A misspelt `userName` must not turn a relay with a sign-in into one without: its password
  /// could not be had back.
  private static void requireMeant(Fields fields, @Nullable RelayVersion inForce, SmtpBody body) {
    var unknown = fields.unknown();
    if (inForce != null
        && !inForce.values().isAnonymous()
        && body.values().isAnonymous()
        && !fields.has("userName")
        && !unknown.isEmpty()) {
      throw new Refusal(
          422,
          "sign-in-dropped",
          "Without userName the saved user name and password would be dropped, and there are unknown fields: %s. Nothing was saved. Spell userName right, or send it empty."
              .formatted(unknown),
          Map.of("unknown", unknown));
    }
  }

  private static Refusal passwordNeeded() {
    return new Refusal(
        422,
        "password-needed",
        "There is no stored password for this destination. One is kept only for the server, port,"
            + " security, trust, user name, sign-in mechanism, sender and Reply-To it was saved with. Send the"
            + " password, or null for none.",
        Map.of("fields", Map.of("password", "It is needed for this destination.")));
  }

  private static Refusal overtaken(int status, @Nullable RelayVersion byNow) {
    return new Refusal(
        status,
        "overtaken",
        "The configuration was changed in between, so nothing was saved. Read it again, then repeat.",
        Map.of("version", tag(byNow)));
  }

  private static String tag(@Nullable RelayVersion version) {
    return String.valueOf(version == null ? 0 : version.number());
  }
}
