package io.postern.console.settings;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import io.postern.smtp.diagnosis.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// *Administration › SMTP*: the form, its validation, saving, and the history.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class SmtpPage {
  static final String PATH = "/system/administration/smtp";

  /// The check itself ends within 90 seconds.
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final String OTHER_DESTINATION =
      "A password is kept only for the server, port, user name and trust it was entered for. Enter it again for these.";

  /// Otherwise the stored one would quietly take the place of what was typed.
  private static final String LOST =
      "The password typed on this page was kept for 15 minutes and only for the values it was typed with. Enter it again.";

  private final Pages pages;
  private final SmtpScreen screen;
  private final RelaySettings settings;
  private final Validations validations;
  private final HeldPassword held;

  SmtpPage(
      Pages pages,
      SmtpScreen screen,
      RelaySettings settings,
      Validations validations,
      HeldPassword held) {
    this.pages = pages;
    this.screen = screen;
    this.settings = settings;
    this.validations = validations;
    this.held = held;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request) {
    var version = settings.inForce();
    return screen.show(request, HttpStatus.OK, SmtpView.of(SmtpForm.of(version), version));
  }

  /// The buttons of the form that change nothing: validate (without script), split the server,
  /// trust a certificate, apply a repair.
  @PostMapping(PATH)
  ResponseEntity<String> submit(HttpServletRequest request, Actor actor)
      throws InterruptedException {
    var form = SmtpForm.of(request.getParameterMap());
    var repair = request.getParameter("repair");
    if (repair != null) {
      var mended = SmtpForm.of(SmtpRepair.apply(repair, request.getParameterMap()));
      return validate(
          request,
          actor,
          mended.host().equals(form.host()) ? held.carry(actor, form, mended) : mended);
    }
    return switch (String.valueOf(request.getParameter("action"))) {
      case "split" ->
          screen.show(
              request, HttpStatus.OK, SmtpView.of(ServerAddress.split(form), settings.inForce()));
      case "trust" ->
          validate(request, actor, trusting(actor, form, request.getParameter("seenCertificate")));
      default -> validate(request, actor, form);
    };
  }

  /// Starts a check that the page then follows; the answer is the ladder as it begins.
  @PostMapping(PATH + "/checks")
  ResponseEntity<String> start(HttpServletRequest request, Actor actor) {
    var form = SmtpForm.of(request.getParameterMap());
    var reading = new FormReading(form);
    var values = reading.values();
    if (values == null) {
      return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).build();
    }
    return switch (validations.start(actor, request(actor, form, reading, values))) {
      case Validations.Start.Started(var validation) ->
          pages.show("settings/running", Map.of("validation", validation));
      case Validations.Start.Refused(var sentence) ->
          pages.show("settings/refused", Map.of("sentence", sentence));
    };
  }

  @PostMapping(PATH + "/checks/{uid}/cancel")
  ResponseEntity<Void> cancel(Actor actor, @PathVariable String uid) {
    var validation = validations.find(actor, uid);
    if (validation != null) {
      validation.cancel();
    }
    return ResponseEntity.noContent().build();
  }

  /// Puts a former version into the form; its password has to be entered.
  @PostMapping(PATH + "/history/{number}")
  ResponseEntity<String> useAgain(HttpServletRequest request, @PathVariable long number) {
    var former = settings.find(number);
    var current = settings.inForce();
    if (former == null || current == null) {
      return screen.show(
          request,
          HttpStatus.NOT_FOUND,
          SmtpView.of(SmtpForm.of(current), current)
              .withMessage("There is no version " + number + "."));
    }
    var form = SmtpForm.of(former).ofVersion(current.number());
    return screen.show(
        request,
        HttpStatus.OK,
        SmtpView.of(form, current)
            .withMessage(
                "The values of version %d. Enter the password, validate, save.".formatted(number)));
  }

  private ResponseEntity<String> validate(HttpServletRequest request, Actor actor, SmtpForm form)
      throws InterruptedException {
    var reading = new FormReading(form);
    var values = reading.values();
    var version = settings.inForce();
    if (values == null) {
      return wrongFields(request, form, reading);
    }
    var kept = held.keep(actor, form, values);
    return switch (validations.start(actor, request(actor, form, reading, values))) {
      case Validations.Start.Refused(var sentence) ->
          screen.show(
              request,
              HttpStatus.TOO_MANY_REQUESTS,
              SmtpView.of(kept, version).withReading(reading).withMessage(sentence));
      case Validations.Start.Started(var validation) -> {
        Verdict verdict = validation.await(PATIENCE);
        yield screen.show(
            request,
            HttpStatus.OK,
            SmtpView.of(kept, version)
                .withReading(reading)
                .withVerdict(verdict, mayTrust(values, version)));
      }
    };
  }

  @StepUp
  @PostMapping(path = PATH, params = "action=save")
  ResponseEntity<String> save(HttpServletRequest request, Actor actor) {
    var form = SmtpForm.of(request.getParameterMap());
    var reading = new FormReading(form);
    var values = reading.values();
    if (values == null) {
      return wrongFields(request, form, reading);
    }
    if (held.isLost(actor, values, form)) {
      reading.faults().put("password", LOST);
      return wrongFields(request, form.withHeld(""), reading);
    }
    var change = reading.change(held.open(actor, values, form.held()));
    var validated = validations.wasValid(actor, values, settings.secretFor(values, change));
    return switch (settings.save(actor, values, change, validated, form.version())) {
      case Saving.Saved(var number) ->
          pages.redirect(
              PATH,
              "Saved as version %d, in force now. %s"
                  .formatted(number, validated ? "It was validated." : "It was never validated."));
      case Saving.Overtaken(var byNow) -> {
        var kept = held.keep(actor, form, values).ofVersion(byNow.number());
        yield screen.show(
            request,
            HttpStatus.CONFLICT,
            SmtpView.of(kept, byNow)
                .withReading(reading)
                .withOvertaken(byNow, settings.find(form.version())));
      }
      case Saving.PasswordNeeded _ -> {
        reading.faults().put("password", OTHER_DESTINATION);
        yield wrongFields(request, form, reading);
      }
    };
  }

  /// Only right values say what a password is sealed for; without them it has to be typed again.
  private ResponseEntity<String> wrongFields(
      HttpServletRequest request, SmtpForm form, FormReading reading) {
    if (!form.password().isEmpty()) {
      reading
          .faults()
          .putIfAbsent(
              "password",
              "Enter the password again: it is not kept while another field has to be mended.");
    }
    return screen.show(
        request,
        HttpStatus.UNPROCESSABLE_CONTENT,
        SmtpView.of(form, settings.inForce()).withReading(reading));
  }

  private Validations.Request request(
      Actor actor, SmtpForm form, FormReading reading, RelayDraft values) {
    var change = reading.change(held.open(actor, values, form.held()));
    return new Validations.Request(
        values, settings.secretFor(values, change), form.testRecipient(), null);
  }

  /// The form with one more certificate.
  private SmtpForm trusting(Actor actor, SmtpForm form, @Nullable String certificate) {
    return held.carry(
        actor,
        form,
        form.withCertificates(
            form.certificates() + "\n" + (certificate == null ? "" : certificate)));
  }

  /// trust is offered while setting up, never because a relay that once verified no
  /// longer does.
  static boolean mayTrust(RelayDraft values, @Nullable RelayVersion inForce) {
    return inForce == null
        || !inForce.validated()
        || !inForce.values().host().equals(values.host());
  }
}
