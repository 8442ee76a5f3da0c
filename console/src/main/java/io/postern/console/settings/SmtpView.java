package io.postern.console.settings;

import io.postern.console.settings.Differences.Difference;
import io.postern.smtp.diagnosis.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the SMTP tab shows.
///
/// @param inForce the saved version, null while there is none
/// @param faults field to sentence
/// @param notes field to sentence
/// @param verdict of the check that just ended
/// @param mayTrust whether trusting the certificate that was just seen is offered
/// @param overtaken what somebody else changed meanwhile, empty when nobody did
/// @param places what *Fill in for me* found, absent when it was not asked
public record SmtpView(
    SmtpForm form,
    @Nullable RelayVersion inForce,
    Map<String, String> faults,
    Map<String, String> notes,
    @Nullable Verdict verdict,
    boolean mayTrust,
    String message,
    String overtakenBy,
    List<Difference> overtaken,
    @Nullable Places places) {

  static SmtpView of(SmtpForm form, @Nullable RelayVersion inForce) {
    return new SmtpView(form, inForce, Map.of(), Map.of(), null, false, "", "", List.of(), null);
  }

  SmtpView withReading(FormReading reading) {
    return new SmtpView(
        form,
        inForce,
        reading.faults(),
        reading.notes(),
        verdict,
        mayTrust,
        message,
        overtakenBy,
        overtaken,
        places);
  }

  SmtpView withFaults(Map<String, String> found) {
    return new SmtpView(
        form, inForce, found, notes, verdict, mayTrust, message, overtakenBy, overtaken, places);
  }

  SmtpView withMessage(String sentence) {
    return new SmtpView(
        form, inForce, faults, notes, verdict, mayTrust, sentence, overtakenBy, overtaken, places);
  }

  SmtpView withVerdict(@Nullable Verdict found, boolean trustable) {
    return new SmtpView(
        form, inForce, faults, notes, found, trustable, message, overtakenBy, overtaken, places);
  }

  SmtpView withOvertaken(RelayVersion byNow, @Nullable RelayVersion seen) {
    return new SmtpView(
        form,
        inForce,
        faults,
        notes,
        verdict,
        mayTrust,
        message,
        byNow.savedBy(),
        Differences.between(seen, byNow),
        places);
  }

  SmtpView withPlaces(Places found) {
    return new SmtpView(
        form, inForce, faults, notes, verdict, mayTrust, message, overtakenBy, overtaken, found);
  }

  /// The fault at a field, empty when there is none.
  public String fault(String field) {
    return faults.getOrDefault(field, "");
  }

  public String note(String field) {
    return notes.getOrDefault(field, "");
  }

  /// What stands beside *Save*.
  public String saved() {
    if (inForce == null) {
      return "Not saved yet";
    }
    return "Version %d, %s"
        .formatted(inForce.number(), inForce.validated() ? "validated" : "never validated");
  }

  /// When and by whom the stored password was set, empty when there is none.
  public String passwordNote() {
    if (inForce == null) {
      return form.held().isEmpty() ? "" : "Kept from the last validation.";
    }
    return switch (inForce.password()) {
      case RelayVersion.Password.Known(_, var at, var by) ->
          "Set on %s by %s. Leave empty to keep it.".formatted(day(at), by);
      case RelayVersion.Password.Lost(var at, var by) ->
          "Set on %s by %s, but it cannot be read with this instance's key. Enter it again."
              .formatted(day(at), by);
      case RelayVersion.Password.None _ ->
          form.held().isEmpty() ? "" : "Kept from the last validation.";
    };
  }

  /// Whether the host field holds parts that can be put into their fields.
  public boolean isSplittable() {
    return ServerAddress.read(form.host()) != null;
  }

  private static String day(java.time.Instant at) {
    return at.toString().substring(0, 16).replace('T', ' ') + " UTC";
  }
}
