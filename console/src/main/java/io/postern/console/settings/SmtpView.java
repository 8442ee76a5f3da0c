package io.postern.console.settings;

import io.postern.console.settings.Differences.Difference;
import io.postern.smtp.ServerAddress;
import io.postern.smtp.diagnosis.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the SMTP tab shows.
///
/// @param inForce the saved version, null while there is none
/// @param faults field to sentence
/// @param notes field to sentence
/// @param answer what came of the button that was pressed
public record SmtpView(
    SmtpForm form,
    @Nullable RelayVersion inForce,
    Map<String, String> faults,
    Map<String, String> notes,
    Answer answer) {
  private static final List<String> FOLDED =
      List.of("trustedCertificates", "fromName", "replyTo", "authMechanism", "ehloName");

  /// In the order of the page.
  private static final List<String> FIELDS =
      Stream.of(
              List.of("smtpServer", "smtpPort", "fromEmailId", "userName", "password"),
              FOLDED,
              List.of("testRecipient"))
          .flatMap(List::stream)
          .toList();

  /// What stands around the form.
  sealed interface Answer {
    /// Nothing was asked.
    record None() implements Answer {}

    record Said(String message) implements Answer {}

    /// A former version was put into the form.
    ///
    /// @param passwordNeeded whether the stored one does not serve it
    record Again(long number, boolean passwordNeeded) implements Answer {}

    /// @param check running or finished
    /// @param verdict null when the check did not end in time
    /// @param mayTrust whether trusting the certificate that was just seen is offered
    record Checked(Validation check, @Nullable Verdict verdict, boolean mayTrust)
        implements Answer {}

    /// @param differences what somebody else changed meanwhile
    record Overtaken(String by, List<Difference> differences) implements Answer {}

    /// What *Fill in for me* found.
    record Found(Places places) implements Answer {}
  }

  static SmtpView of(SmtpForm form, @Nullable RelayVersion inForce) {
    return of(form, inForce, new Answer.None());
  }

  static SmtpView of(SmtpForm form, @Nullable RelayVersion inForce, String message) {
    return of(form, inForce, new Answer.Said(message));
  }

  static SmtpView of(SmtpForm form, @Nullable RelayVersion inForce, Answer answer) {
    return new SmtpView(form, inForce, Map.of(), Map.of(), answer);
  }

  SmtpView withReading(FormReading reading) {
    return new SmtpView(form, inForce, reading.faults(), reading.notes(), answer);
  }

  SmtpView withFaults(Map<String, String> found) {
    return new SmtpView(form, inForce, found, notes, answer);
  }

  public @Nullable Verdict verdict() {
    return answer instanceof Answer.Checked(_, var verdict, _) ? verdict : null;
  }

  /// What was checked, and when; empty when nothing was.
  public String asked() {
    return answer instanceof Answer.Checked(var check, _, _) ? check.asked() : "";
  }

  public boolean mayTrust() {
    return answer instanceof Answer.Checked(_, _, var mayTrust) && mayTrust;
  }

  /// Empty when there is none.
  public String message() {
    return switch (answer) {
      case Answer.Said(var message) -> message;
      case Answer.Again(var number, var passwordNeeded) ->
          "The values of version %d. %s"
              .formatted(
                  number,
                  passwordNeeded ? "Enter the password, validate, save." : "Validate, then save.");
      case Answer.None _, Answer.Checked _, Answer.Overtaken _, Answer.Found _ -> "";
    };
  }

  /// Who saved meanwhile, empty when nobody did.
  public String overtakenBy() {
    return answer instanceof Answer.Overtaken(var by, _) ? by : "";
  }

  public List<Difference> overtaken() {
    return answer instanceof Answer.Overtaken(_, var differences) ? differences : List.of();
  }

  public @Nullable Places places() {
    return answer instanceof Answer.Found(var places) ? places : null;
  }

  /// The fault at a field, empty when there is none.
  public String fault(String field) {
    return faults.getOrDefault(field, "");
  }

  /// Whether this is the first field on the page that has a fault: the cursor goes there.
  public boolean isFirstFault(String field) {
    return FIELDS.stream().filter(faults::containsKey).findFirst().orElse("").equals(field);
  }

  /// Whether a fault or a remark stands under what is folded away.
  public boolean isUnfolded() {
    return FOLDED.stream().anyMatch(field -> faults.containsKey(field) || notes.containsKey(field));
  }

  public String note(String field) {
    return notes.getOrDefault(field, "");
  }

  /// What stands beside *Save*.
  public String saved() {
    return saved(inForce);
  }

  static String saved(@Nullable RelayVersion inForce) {
    if (inForce == null) {
      return "Not saved yet";
    }
    return "Version %d, %s"
        .formatted(inForce.number(), inForce.validated() ? "validated" : "never validated");
  }

  /// When the saved password was entered, null when the form would not use it or there is none.
  public @Nullable Instant passwordSetAt() {
    if (inForce == null || passwordNote().isEmpty() || !form.held().isEmpty()) {
      return null;
    }
    return switch (inForce.password()) {
      case RelayVersion.Password.Known(_, var at, _) -> at;
      case RelayVersion.Password.Lost(var at, _) -> at;
      case RelayVersion.Password.None _ -> null;
    };
  }

  /// Where the password is that the form would use: on this page, or by whom it was entered in the
  /// saved version, behind [#passwordSetAt]. Empty when there is none.
  public String passwordNote() {
    if (!form.held().isEmpty()) {
      return "What you typed is kept for 15 minutes. Leave empty to use it.";
    }
    if (inForce == null || (answer instanceof Answer.Again(_, var needed) && needed)) {
      return "";
    }
    return switch (inForce.password()) {
      case RelayVersion.Password.Known(_, _, var by) ->
          "by %s. Leave empty to keep it.".formatted(by);
      case RelayVersion.Password.Lost(_, var by) ->
          "by %s, but it cannot be read with this instance's key. Enter it again.".formatted(by);
      case RelayVersion.Password.None _ -> "";
    };
  }

  /// Whether the host field holds parts that can be put into their fields.
  public boolean isSplittable() {
    return ServerAddress.read(form.host()) != null;
  }
}
