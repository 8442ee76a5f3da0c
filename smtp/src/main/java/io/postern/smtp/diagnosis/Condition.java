package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Observation.Domain.Role;
import io.postern.smtp.diagnosis.Observation.Domain.State;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What must be true around a reply for a rule to hold. In the data files: words behind `when:`,
/// each may begin with `!`; besides `port:`, `since:`, `before:`, and the shapes `user:`,
/// `password:`, `from:`, `to:`, `host:` (regular expressions over the operator's own values, never
/// over what a peer sent), which may begin with `!` as well; and `region:`, names of a provider's
/// servers that show that the sender's mail is at home in another region than the host's.
interface Condition {
  boolean holds(Situation situation);

  /// A reply and all around it.
  record Situation(Stage stage, String command, Reply reply, DiagnosisContext context) {
    String text() {
      return Words.fold(reply.text());
    }
  }

  /// The keys that [#of] reads.
  List<String> KEYS =
      List.of(
          "when",
          "port",
          "since",
          "before",
          "user",
          "!user",
          "password",
          "!password",
          "from",
          "!from",
          "to",
          "!to",
          "host",
          "!host",
          "region");

  Map<String, Condition> WORDS =
      Map.ofEntries(
          Map.entry(
              "anonymous",
              situation ->
                  situation.context().username().isEmpty() && !situation.context().signedIn()),
          Map.entry(
              "host-is-exchanger",
              situation -> {
                var context = situation.context();
                return !context.evidence().exchangerOf(context.host()).isEmpty();
              }),
          Map.entry(
              "sender-domain-missing",
              situation ->
                  situation
                      .context()
                      .evidence()
                      .isSeen(Role.SENDER, State.NO_SUCH_NAME, State.EMPTY, State.NULL_MX)),
          Map.entry(
              "sender-domain-failing",
              situation -> situation.context().evidence().isSeen(Role.SENDER, State.FAILS)),
          Map.entry(
              "recipient-domain-null-mx",
              situation -> situation.context().evidence().isSeen(Role.RECIPIENT, State.NULL_MX)),
          Map.entry("signed-in", situation -> situation.context().signedIn()),
          Map.entry("auth-offered", situation -> !situation.context().mechanisms().isEmpty()),
          Map.entry(
              "starttls-offered", situation -> situation.context().keywords().contains("STARTTLS")),
          Map.entry("clear", situation -> situation.context().security() == Security.NONE),
          Map.entry("user-is-address", situation -> situation.context().username().contains("@")),
          Map.entry(
              "user-is-from",
              situation ->
                  situation.context().username().equalsIgnoreCase(situation.context().from())),
          Map.entry(
              "user-is-from-local-part",
              situation ->
                  !situation.context().username().isEmpty()
                      && situation
                          .context()
                          .from()
                          .toLowerCase(Locale.ROOT)
                          .startsWith(
                              situation.context().username().toLowerCase(Locale.ROOT) + "@")),
          Map.entry(
              "user-domain-is-from-domain",
              situation ->
                  Blanks.domain(situation.context().username())
                      .equalsIgnoreCase(Blanks.domain(situation.context().from()))),
          Map.entry(
              "recipient-domain-is-from-domain",
              situation ->
                  Blanks.domain(situation.context().to())
                      .equalsIgnoreCase(Blanks.domain(situation.context().from()))),
          Map.entry("names-sender", situation -> names(situation, situation.context().from())),
          Map.entry("names-recipient", situation -> names(situation, situation.context().to())),
          Map.entry(
              "names-sender-domain",
              situation -> names(situation, Blanks.domain(situation.context().from()))),
          Map.entry(
              "names-recipient-domain",
              situation -> names(situation, Blanks.domain(situation.context().to()))));

  /// All conditions of a stanza.
  ///
  /// @throws IllegalStateException for a word that means nothing
  static List<Condition> of(Stanza stanza) {
    var conditions = new ArrayList<Condition>();
    stanza.words("when").forEach(word -> conditions.add(word(stanza, word)));
    var ports = stanza.words("port");
    if (!ports.isEmpty()) {
      conditions.add(situation -> ports.contains(String.valueOf(situation.context().port())));
    }
    stanza.all("since").forEach(day -> conditions.add(since(day)));
    stanza.all("before").forEach(day -> conditions.add(not(since(day))));
    for (var shape : List.of("user", "password", "from", "to", "host")) {
      stanza.all(shape).forEach(pattern -> conditions.add(shape(shape, pattern)));
      stanza.all("!" + shape).forEach(pattern -> conditions.add(not(shape(shape, pattern))));
    }
    stanza.all("region").stream()
        .map(Regions::of)
        .forEach(regions -> conditions.add(situation -> regions.differ(situation.context())));
    return List.copyOf(conditions);
  }

  private static Condition word(Stanza stanza, String word) {
    var denied = word.startsWith("!");
    var condition = WORDS.get(denied ? word.substring(1) : word);
    if (condition == null) {
      throw new IllegalStateException(stanza.where() + " has an unknown condition `" + word + "`");
    }
    return denied ? not(condition) : condition;
  }

  private static Condition since(String day) {
    var start = LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    return situation -> !situation.context().now().isBefore(start);
  }

  private static Condition shape(String value, String regex) {
    var pattern = Pattern.compile(regex);
    return situation -> pattern.matcher(value(value, situation.context())).matches();
  }

  private static String value(String name, DiagnosisContext context) {
    return switch (name) {
      case "user" -> context.username();
      case "password" -> context.password().reveal();
      case "from" -> context.from();
      case "to" -> context.to();
      default -> context.host();
    };
  }

  private static Condition not(Condition condition) {
    return situation -> !condition.holds(situation);
  }

  private static boolean names(Situation situation, String name) {
    return !name.isEmpty() && situation.text().contains(Words.fold(name));
  }
}
