package io.postern.smtp.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The first line of a peer that did not open as SMTP servers do: somebody may have pointed Postern
/// at a machine of the network to read what it says, so only its class is kept, in words of ours
///
public final class FirstLine {
  /// What stands in place of the line of a service that nobody knows.
  public static final String UNKNOWN = "something that is no SMTP";

  private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}.*");
  private static final String WEB = "a web server";
  private static final String IMAP = "IMAP, for reading mail";
  private static final String POP3 = "POP3, for reading mail";

  /// How a service begins, in upper case.
  private record Beginning(String words, String service) {}

  private static final List<Beginning> BEGINNINGS =
      List.of(
          new Beginning("HTTP/", WEB),
          new Beginning("<!DOCTYPE", WEB),
          new Beginning("<HTML", WEB),
          new Beginning("* OK", IMAP),
          new Beginning("* PREAUTH", IMAP),
          new Beginning("* BYE", IMAP),
          new Beginning("+OK", POP3),
          new Beginning("-ERR", POP3),
          new Beginning("\"IMPLEMENTATION\"", "ManageSieve, for mail filters"),
          new Beginning("SSH-", "SSH"),
          new Beginning("RFB 0", "VNC, for remote desktops"),
          new Beginning("AMQP", "AMQP, a message broker"));

  private FirstLine() {}

  /// What may be kept of a line: the whole of it when it begins like a reply, of a known service
  /// its first letters as the list here has them, and nothing of any other.
  ///
  /// @param line printable; empty when none came
  public static String kept(String line) {
    if (line.isEmpty() || REPLY.matcher(line).matches()) {
      return line;
    }
    var first = line.toUpperCase(Locale.ROOT);
    return BEGINNINGS.stream()
        .map(Beginning::words)
        .filter(first::startsWith)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /// Who begins like this; empty when nobody known does.
  static String service(String line) {
    var first = line.toUpperCase(Locale.ROOT);
    return BEGINNINGS.stream()
        .filter(beginning -> first.startsWith(beginning.words()))
        .map(Beginning::service)
        .findFirst()
        .orElse("");
  }
}
