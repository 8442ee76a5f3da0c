package io.postern.smtp.diagnosis;

import io.postern.smtp.Printable;
import io.postern.smtp.Secret;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// Fills the blanks in the words of a cause: `{host} {port} {provider} {username} {from}
/// {from-domain} {to} {to-domain} {ehlo} {detail}`. `{Provider}` begins a sentence. What fills them
/// came from the operator or a peer and is made printable.
final class Blanks {
  private static final Pattern BLANK = Pattern.compile("\\{([A-Za-z-]+)}");

  private final Map<String, String> values;

  /// The names of the blanks that nothing fills, as alternatives.
  private final String unknown;

  /// @param provider the provider's name, empty when unknown
  /// @param detail one fact, a sentence of its own; empty for none
  Blanks(DiagnosisContext context, String provider, String detail) {
    this.unknown =
        Stream.of("username", shown(context), "from", context.from(), "to", context.to())
            .gather(Gatherers.windowFixed(2))
            .filter(pair -> pair.getLast().isEmpty())
            .map(List::getFirst)
            .collect(Collectors.joining("|"));
    this.values =
        Map.ofEntries(
            Map.entry("host", or(context.host(), "the server")),
            Map.entry("port", String.valueOf(context.port())),
            Map.entry("provider", provider.isEmpty() ? "the server" : provider),
            Map.entry("Provider", provider.isEmpty() ? "The server" : provider),
            Map.entry("username", or(shown(context), "the account")),
            Map.entry("from", or(context.from(), "the sender")),
            Map.entry("from-domain", or(domain(context.from()), "the sender's domain")),
            Map.entry("to", or(context.to(), "the recipient")),
            Map.entry("to-domain", or(domain(context.to()), "the recipient's domain")),
            Map.entry("ehlo", or(context.ehlo(), "the name of this machine")),
            Map.entry("detail", detail));
  }

  /// @throws IllegalStateException when the text has an unknown blank
  String fill(String text) {
    var filled =
        BLANK
            .matcher(withoutNames(text))
            .replaceAll(found -> {
              var value = values.get(found.group(1));
              if (value == null) {
                throw new IllegalStateException("Nothing fills " + found.group() + ": " + text);
              }
              return Matcher.quoteReplacement(Printable.of(value));
            })
            .strip();
    // A name keeps its letters at the start of a sentence, a word of ours does not.
    return text.startsWith("{") && filled.startsWith("the ")
        ? "The " + filled.substring(4)
        : filled;
  }

  /// What is not known is left out behind its noun: "the account {username}" is just the account.
  private String withoutNames(String text) {
    return unknown.isEmpty()
        ? text
        : text.replaceAll("(account|mailbox|address|sender|recipient) \\{(" + unknown + ")}", "$1");
  }

  /// A token that is user name and password in one (Postmark) is no name to show.
  private static String shown(DiagnosisContext context) {
    var username = context.username();
    return Secret.of(username).equals(context.password()) ? "" : username;
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
