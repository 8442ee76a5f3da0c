package io.postern.smtp.check;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Printable;
import io.postern.smtp.Security;
import io.postern.smtp.ServerAddress;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.ConfigValue;
import io.postern.smtp.diagnosis.Rung;
import org.jspecify.annotations.Nullable;

/// Judges the values of a draft before anything is asked: the first rung.
final class Values {
  private final Draft draft;

  Values(Draft draft) {
    this.draft = draft;
  }

  /// @return the first value that cannot be right, null when all may be
  @Nullable ConfigValue fault() {
    ConfigValue[] faults = {host(), port(), credentials(), password(), from(), recipient(), ehlo()};
    for (var fault : faults) {
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /// The rung of the settings: an irregular EHLO name is left to the server, and said here.
  Rung rung(@Nullable ConfigValue fault) {
    if (fault != null) {
      return new Rung(Stage.CONFIG, Rung.Outcome.FAILED, 0, fault.sentence());
    }
    var name = draft.ehloName();
    var irregularity = name.isEmpty() ? "" : EhloName.parse(name).irregularity();
    return irregularity.isEmpty()
        ? new Rung(Stage.CONFIG, Rung.Outcome.PASSED, 0, "")
        : new Rung(Stage.CONFIG, Rung.Outcome.WARNED, 0, "EHLO name: " + irregularity);
  }

  HostName hostName() {
    return HostName.parse(draft.host());
  }

  Security security() {
    var chosen = draft.security();
    var port = draft.port();
    return chosen != null ? chosen : Security.ofPort(port == null ? 587 : port);
  }

  int effectivePort() {
    var port = draft.port();
    if (port != null) {
      return port;
    }
    return security() == Security.TLS ? 465 : 587;
  }

  @Nullable Mailbox mailbox(String text) {
    return text.isEmpty() ? null : Mailbox.parse(text);
  }

  private @Nullable ConfigValue host() {
    var host = draft.host();
    var blanks = outerBlanks(host);
    if (blanks != null) {
      return blanks;
    }
    if (host.contains("://")) {
      return fault(
          "host",
          "host-has-scheme",
          "Outgoing Server holds a URL; only the host name belongs there.");
    }
    if (host.contains("@")) {
      return fault(
          "host",
          "host-is-email-address",
          "Outgoing Server holds a mail address; the name of the mail server belongs there.");
    }
    if (ServerAddress.read(host) != null || host.matches("([^:\\[\\]]+|\\[[^\\[\\]]+\\]):[0-9]+")) {
      return fault(
          "host",
          "host-has-port",
          "Outgoing Server holds a port as well; it belongs into Outgoing Port.");
    }
    try {
      hostName();
      return null;
    } catch (MalformedValueException e) {
      return fault(
          "host",
          host.codePoints().anyMatch(Values::isBlank) ? "host-has-whitespace" : "host-not-found",
          String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable ConfigValue outerBlanks(String host) {
    if (host.codePoints().anyMatch(Values::isLineBreak)) {
      return fault(
          "host",
          "host-has-whitespace",
          "Outgoing Server holds a line break; a host name is one line.");
    }
    if (!host.isEmpty()
        && (isBlank(host.codePointAt(0)) || isBlank(host.codePointBefore(host.length())))) {
      return fault(
          "host", "host-has-whitespace", "Outgoing Server has a blank before or behind the name.");
    }
    return null;
  }

  /// Blanks that pages and mails bring along when a name is copied: also those of a fixed width,
  /// and those that nobody sees.
  private static boolean isBlank(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || Character.getType(letter) == Character.FORMAT;
  }

  /// What ends a line anywhere; it comes along when two lines are copied in place of one.
  private static boolean isLineBreak(int letter) {
    return letter == '\r'
        || letter == '\n'
        || letter == 0x85
        || letter == 0x2028
        || letter == 0x2029;
  }

  private @Nullable ConfigValue port() {
    var port = draft.port();
    return port != null && (port < 1 || port > 65535)
        ? fault(
            "port",
            "connection-refused-wrong-port",
            "Outgoing Port is %d; it takes 1 to 65535.".formatted(port))
        : null;
  }

  private @Nullable ConfigValue credentials() {
    var username = draft.username();
    return username.equals(username.strip())
        ? null
        : fault(
            "username", "credentials-have-whitespace", "Username has a blank before or behind it.");
  }

  private @Nullable ConfigValue password() {
    if (draft.username().isEmpty()) {
      return null;
    }
    if (draft.password().isEmpty()) {
      return fault(
          "password", "password-empty", "There is a user name, but the password is empty.");
    }
    if (draft.password().reveal().indexOf('\0') >= 0) {
      return fault(
          "password",
          "password-encoding",
          "The password holds a NUL character, which no sign-in can carry.");
    }
    return null;
  }

  private @Nullable ConfigValue from() {
    var from = draft.from();
    if (from.isEmpty()) {
      return draft.to().isEmpty() && (draft.depth() == null || draft.depth() == Depth.LOGIN)
          ? null
          : fault("from", "from-missing", "From Email is empty.");
    }
    return from.contains("@") && !from.endsWith("@")
        ? address("from", from, "from-syntax-invalid")
        : fault(
            "from",
            "from-missing",
            "From Email \"%s\" has no domain.".formatted(Printable.of(from)));
  }

  private @Nullable ConfigValue recipient() {
    return draft.to().isEmpty() ? null : address("to", draft.to(), "recipient-syntax-invalid");
  }

  private @Nullable ConfigValue ehlo() {
    if (draft.ehloName().isEmpty()) {
      return null;
    }
    try {
      EhloName.parse(draft.ehloName());
      return null;
    } catch (MalformedValueException e) {
      return fault("ehlo", "ehlo-name-rejected", "EHLO name: " + e.getMessage());
    }
  }

  private static @Nullable ConfigValue address(String field, String text, String cause) {
    try {
      Mailbox.parse(text);
      return null;
    } catch (MalformedValueException e) {
      return fault(field, cause, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigValue fault(String field, String cause, String sentence) {
    return new ConfigValue(field, cause, sentence);
  }
}
