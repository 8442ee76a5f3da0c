package io.postern.console.letters;

import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// An address that is taken means the same to everybody: to its own parser when it is printed, to a
/// second parser written after the grammar, and to Angus Mail (R-504, F-412). Where they disagree
/// the address should have been refused.
public final class AddressFuzz {
  /// RFC 5321 section 4.1.2 with the letters of RFC 6531, for an address as it is printed.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]+"
              + "(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]+)*"
              + "|\"(?:[ !#-\\[\\]-~\\x{80}-\\x{10FFFF}]|\\\\[\"\\\\])*\")"
              + "@(?<domain>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)");

  private AddressFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var typed = new String(input, StandardCharsets.UTF_8);
    Mailbox mailbox;
    try {
      mailbox = Mailbox.parse(typed);
    } catch (MalformedValueException e) {
      demand(String.valueOf(e.getMessage()).length() < 1_000, "a short reason");
      return;
    }
    var printed = mailbox.toString();
    demand(Mailbox.parse(printed).equals(mailbox), "printed, it is the same: " + printed);
    grammar(mailbox, printed);
    angus(mailbox, printed);
  }

  private static void grammar(Mailbox mailbox, String printed) {
    var read = GRAMMAR.matcher(printed);
    demand(read.matches(), "of the grammar: " + printed);
    demand(read.group("domain").equals(mailbox.domain().ascii()), "its domain: " + printed);
    var local = read.group("local");
    var plain =
        local.startsWith("\"")
            ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1")
            : local;
    demand(plain.equals(mailbox.localPart()), "its local part: " + printed);
  }

  private static void angus(Mailbox mailbox, String printed) {
    try {
      for (var header : new String[] {printed, "<" + printed + ">"}) {
        var read = InternetAddress.parse(header, true);
        demand(read.length == 1, "one address: " + printed);
        demand(read[0].getAddress().equals(printed), "the same to Angus Mail: " + printed);
        demand(read[0].getPersonal() == null, "no name: " + printed);
      }
    } catch (AddressException e) {
      demand(mailbox.needsSmtpUtf8(), "taken by Angus Mail: " + printed + ": " + e.getMessage());
    }
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
