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

  /// Otherwise the stored one would quietly take the place of what was typed.
  private static final String LOST =
      "The password typed on this page was kept for 15 minutes and only for the values it was typed with. Enter it again.";

  private static final String NOT_WRITTEN =
      "The database could not be written, so nothing was saved. What you typed stands below; look at the disk space and the log of the server, then press Save again.";

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
          mended.host().equals(form.host()) ? held.carry(request, form, mended) : mended);
    }
    return switch (String.valueOf(request.getParameter("action"))) {
      case "split" -> split(request, form);
      case "trust" ->
          validate(
              request, actor, trusting(request, form, request.getParameter("seenCertificate")));
      default -> validate(request, actor, form);
    };
  }

  /// Starts a check that the page then follows; the answer is the ladder as it begins.
  @PostMapping(PATH + "/checks")
  ResponseEntity<String> start(HttpServletRequest request, Actor actor) {
    var form = SmtpForm.of(request.getParameterMap());
    var reading = new FormReading(form);
    var asked = request(request, form, reading);
    if (asked == null) {
      // The whole page then says which field is wrong.
      return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).build();
    }
    return switch (validations.start(actor, asked)) {
      case Validations.Start.Started(var validation) ->
          pages.show(
              "settings/running", Map.of("validation", validation, "notes", reading.remarks()));
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

  /// Puts a former version into the form; its password has to be entered, unless the stored one may
  /// serve it.
  @PostMapping(PATH + "/history/{number}")
  ResponseEntity<String> useAgain(HttpServletRequest request, @PathVariable long number) {
    var former = settings.find(number);
    var current = settings.inForce();
    if (former == null || current == null) {
      return screen.show(
          request,
          HttpStatus.NOT_FOUND,
          SmtpView.of(SmtpForm.of(current), current, "There is no version " + number + "."));
    }
    var form = SmtpForm.of(former).ofVersion(current.number());
    var needed = !former.values().isAnonymous() && settings.whyNotKept(former.values()) != null;
    return screen.show(
        request,
        HttpStatus.OK,
        SmtpView.of(form, current, new SmtpView.Answer.Again(number, needed)));
  }

  private ResponseEntity<String> validate(HttpServletRequest request, Actor actor, SmtpForm form)
      throws InterruptedException {
    var reading = new FormReading(form);
    var version = settings.inForce();
    var asked = request(request, form, reading);
    if (asked == null) {
      return wrongFields(request, form, reading);
    }
    var kept = held.keep(request, form);
    return switch (validations.start(actor, asked)) {
      case Validations.Start.Refused(var sentence) ->
          screen.show(
              request,
              HttpStatus.TOO_MANY_REQUESTS,
              SmtpView.of(kept, version, sentence).withReading(reading));
      case Validations.Start.Started(var validation) -> {
        Verdict verdict = validation.await(PATIENCE);
        var now = settings.inForce();
        var answer =
            new SmtpView.Answer.Checked(
                validation, verdict, Trustable.isOffered(asked.values().host(), version));
        yield screen.show(
            request, HttpStatus.OK, SmtpView.of(kept, now, answer).withReading(reading));
      }
    };
  }

  @StepUp
  @PostMapping(path = PATH, params = "action=save")
  ResponseEntity<String> save(HttpServletRequest request, Actor actor) {
    var form = SmtpForm.of(request.getParameterMap());
    var reading = new FormReading(form);
    var asked = request(request, form, reading);
    if (asked == null) {
      return wrongFields(request, form, reading);
    }
    var values = asked.values();
    var change = reading.change(held.open(request, form, reading));
    var validated = validations.wasValid(actor, values, asked.secret());
    return switch (settings.save(actor, values, change, validated, form.version())) {
      case Saving.NotWritten _ ->
          screen.show(
              request,
              HttpStatus.SERVICE_UNAVAILABLE,
              SmtpView.of(held.keep(request, form), settings.inForce(), NOT_WRITTEN)
                  .withReading(reading));
      case Saving.Saved saved ->
          pages.redirect(
              PATH, (saved.sentence() + " " + String.join(" ", reading.remarks())).strip());
      case Saving.Overtaken(var byNow) -> {
        var answer =
            new SmtpView.Answer.Overtaken(
                byNow.savedBy(), Differences.between(settings.find(form.version()), byNow));
        var kept = held.keep(request, form).ofVersion(byNow.number());
        yield screen.show(
            request, HttpStatus.CONFLICT, SmtpView.of(kept, byNow, answer).withReading(reading));
      }
      case Saving.PasswordNeeded(var why) -> {
        reading.faults().put(SmtpForm.PASSWORD, why);
        yield wrongFields(request, form, reading);
      }
    };
  }

  private ResponseEntity<String> split(HttpServletRequest request, SmtpForm form) {
    var said = PastedServer.hasPassword(form) ? PastedServer.SPLIT : "";
    var kept = held.keep(request, PastedServer.split(form));
    return screen.show(request, HttpStatus.OK, SmtpView.of(kept, settings.inForce(), said));
  }

  private ResponseEntity<String> wrongFields(
      HttpServletRequest request, SmtpForm form, FormReading reading) {
    if (PastedServer.hasPassword(form)) {
      return split(request, form);
    }
    return screen.show(
        request,
        HttpStatus.UNPROCESSABLE_CONTENT,
        SmtpView.of(held.keep(request, form), settings.inForce()).withReading(reading));
  }

  /// What a check takes from the form.
  ///
  /// @return null when a field is wrong, or when the password has to be typed; the reading then
  ///   says so
  private Validations.@Nullable Request request(
      HttpServletRequest request, SmtpForm form, FormReading reading) {
    var values = reading.values();
    if (values == null) {
      return null;
    }
    var typed = held.open(request, form, reading);
    var change = reading.change(typed);
    if (change instanceof PasswordChange.Keep && !values.isAnonymous()) {
      var why = form.held().isEmpty() ? settings.whyNotKept(values) : LOST;
      if (why != null) {
        reading.faults().put(SmtpForm.PASSWORD, why);
        return null;
      }
    }
    return new Validations.Request(
        values, settings.secretFor(values, change), form.testRecipient(), null);
  }

  /// The form with one more certificate.
  private SmtpForm trusting(
      HttpServletRequest request, SmtpForm form, @Nullable String certificate) {
    return held.carry(
        request,
        form,
        form.withCertificates(
            form.certificates() + "\n" + (certificate == null ? "" : certificate)));
  }
}
