package io.postern.console.settings;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import io.postern.smtp.check.PasswordLook;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges user name and password of the form: what no sign-in can carry is a fault, what is unusual
/// a note.
final class SignInReading {
  /// What a server must take (RFC 4616 section 2); an address never has more than 254.
  public static final int USERNAME_OCTETS_MAX = PasswordLook.OCTETS_EVERY_SERVER_TAKES;

  /// Some providers give out tokens that are longer than what every server takes; from 256 octets
  /// on that is said ([PasswordLook]).
  public static final int PASSWORD_OCTETS_MAX = 1_024;

  private final Map<String, String> faults;
  private final Map<String, String> notes;

  SignInReading(Map<String, String> faults, Map<String, String> notes) {
    this.faults = faults;
    this.notes = notes;
  }

  void judge(String username, String password) {
    username(username);
    password(password);
    if (!password.isEmpty() && username.isEmpty()) {
      faults.put(
          "userName",
          "There is a password, but no user name. Enter one; without a user name nobody signs in.");
    }
  }

  /// @return null for the strongest that is offered
  @Nullable PasswordMechanism mechanism(String word) {
    var mechanism = PasswordMechanism.ofWord(word);
    if (mechanism == null && !word.isEmpty()) {
      faults.put(
          "authMechanism",
          Arrays.stream(PasswordMechanism.values())
              .map(PasswordMechanism::word)
              .collect(
                  Collectors.joining(", ", "One of ", "; without one the strongest offered.")));
    }
    return mechanism;
  }

  private void username(String username) {
    var octets = PasswordLook.octets(username);
    if (octets > USERNAME_OCTETS_MAX) {
      faults.put(
          "userName",
          "It has %d octets; a sign-in carries at most %d.".formatted(octets, USERNAME_OCTETS_MAX));
    } else if (FormReading.hasControls(username)) {
      faults.put("userName", "Line breaks and other control characters cannot stand here.");
    }
  }

  private void password(String password) {
    var octets = PasswordLook.octets(password);
    if (octets > PASSWORD_OCTETS_MAX) {
      faults.put(
          "password",
          "It has %d octets; at most %d are possible.".formatted(octets, PASSWORD_OCTETS_MAX));
      return;
    }
    if (FormReading.hasControls(password)) {
      faults.put(
          "password", "Line breaks and other control characters cannot be sent in a sign-in.");
      return;
    }
    var looks = PasswordLook.notes(Secret.of(password));
    if (!looks.isEmpty()) {
      notes.put("password", String.join(" ", looks));
    }
  }
}
