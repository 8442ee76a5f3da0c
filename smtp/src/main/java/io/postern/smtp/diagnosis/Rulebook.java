package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Condition.Situation;
import io.postern.smtp.diagnosis.Provider.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known about providers, servers and the protocol: the data files under `providers/`,
/// named in `providers/index.txt`. Rules are asked from the particular to the general: the
/// recognized provider, the recognized server, servers not recognized, the protocol.
public final class Rulebook {
  private static final Rulebook BOOK = new Rulebook();

  private final List<Provider> providers;

  /// The place in the index of the first that names a host or, with `*.`, a domain. Every mail asks
  /// what its relay takes, so none of all these names is compared with its host.
  private final Map<String, Integer> owners = new HashMap<>();

  /// The few rules that refute an acceptance.
  private final List<Rule> refuting;

  private Rulebook() {
    this.providers =
        Stanza.read("providers/index.txt").stream()
            .flatMap(stanza -> stanza.words("providers").stream())
            .map(Provider::read)
            .toList();
    this.refuting =
        providers.stream()
            .flatMap(provider -> provider.rules().stream())
            .filter(rule -> rule.pattern().allowsAcceptance())
            .toList();
    for (var place = 0; place < providers.size(); place++) {
      for (var host : providers.get(place).marks().hosts()) {
        owners.putIfAbsent(host, place);
      }
    }
  }

  /// @param recognized whether the rule's provider was
  record Ruling(Rule rule, Provider provider, boolean recognized) {
    Certainty certainty() {
      return rule.certainty(recognized);
    }
  }

  /// Every provider, in the order of the index.
  public static List<Provider> providers() {
    return BOOK.providers;
  }

  /// The provider that a server belongs to by its name.
  public static @Nullable Provider ofHost(String host) {
    return BOOK.owner(host.toLowerCase(Locale.ROOT));
  }

  /// The provider that keeps the mailboxes of a domain.
  public static @Nullable Provider ofMailDomain(String domain) {
    var name = domain.toLowerCase(Locale.ROOT);
    return BOOK.providers.stream()
        .filter(provider -> provider.mailDomains().contains(name))
        .findFirst()
        .orElse(null);
  }

  /// Whether some rule could say that this acceptance is none. Every delivered mail asks, so it is
  /// answered before anybody looks who the server is.
  static boolean mayRefute(Reply acceptance) {
    return BOOK.refuting.stream().anyMatch(rule -> rule.pattern().matches(acceptance));
  }

  /// @return null when no rule says anything about this reply
  static @Nullable Ruling rule(Situation situation) {
    for (var ranked : BOOK.ranked(situation)) {
      for (var rule : ranked.provider().rules()) {
        if ((ranked.recognized() || rule.anywhere()) && rule.matches(situation)) {
          return new Ruling(rule, ranked.provider(), ranked.recognized());
        }
      }
    }
    return null;
  }

  /// The recognized provider or server behind a reply, if there is one.
  static @Nullable Provider recognize(Situation situation) {
    var ranked = BOOK.ranked(situation).getFirst();
    return ranked.recognized() && ranked.provider().kind() != Kind.PROTOCOL
        ? ranked.provider()
        : null;
  }

  /// The same before there is a reply.
  static @Nullable Provider recognize(DiagnosisContext context) {
    return recognize(new Situation(Stage.CONNECT, "", new Reply(220, null, List.of("")), context));
  }

  private @Nullable Provider owner(String name) {
    var first = owners.getOrDefault(name, providers.size());
    for (var dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      first = Math.min(first, owners.getOrDefault("*" + name.substring(dot), providers.size()));
    }
    return first == providers.size() ? null : providers.get(first);
  }

  private record Ranked(Provider provider, boolean recognized, int rank) {}

  private List<Ranked> ranked(Situation situation) {
    var ranked = new ArrayList<Ranked>();
    for (var provider : providers) {
      var seen = provider.kind() == Kind.PROTOCOL || provider.isSeenIn(situation);
      ranked.add(new Ranked(provider, seen, rank(provider.kind(), seen)));
    }
    ranked.sort(Comparator.comparingInt(Ranked::rank));
    return ranked;
  }

  private static int rank(Kind kind, boolean seen) {
    return switch (kind) {
      case MAILBOX, SERVICE -> seen ? 0 : 2;
      case SERVER -> seen ? 1 : 3;
      case PROTOCOL -> 4;
    };
  }
}
