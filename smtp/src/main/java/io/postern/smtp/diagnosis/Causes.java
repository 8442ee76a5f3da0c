package io.postern.smtp.diagnosis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The catalogue of causes: one slug each, with the words for the operator. The words are data, a
/// file per family under `causes/`.
public final class Causes {
  private static final List<String> FAMILIES =
      List.of(
          "account",
          "auth",
          "authorization",
          "config",
          "content",
          "delivery",
          "dns",
          "network",
          "policy",
          "protocol",
          "quota",
          "recipient",
          "reputation",
          "server",
          "tls");
  private static final Set<String> KEYS = Set.of("cause", "title", "summary", "step", "retry");
  private static final Map<String, Words> CATALOGUE = load();

  private Causes() {}

  /// The words for a cause. Title, summary and steps may hold blanks such as `{host}`, see
  /// [Blanks].
  ///
  /// @param title a headline
  /// @param summary one sentence that states the cause
  /// @param steps what to do, in order
  /// @param retryUseful whether the same attempt, unchanged, may succeed later - as a rule
  public record Words(
      String slug,
      String family,
      String title,
      String summary,
      List<String> steps,
      boolean retryUseful) {
    public Words {
      steps = List.copyOf(steps);
    }
  }

  /// Every slug, sorted.
  public static Set<String> slugs() {
    return new TreeSet<>(CATALOGUE.keySet());
  }

  /// @throws IllegalArgumentException when there is no such cause
  public static Words of(String slug) {
    var words = CATALOGUE.get(slug);
    if (words == null) {
      throw new IllegalArgumentException("There is no cause `" + slug + "`.");
    }
    return words;
  }

  private static Map<String, Words> load() {
    var catalogue = new HashMap<String, Words>();
    for (var family : FAMILIES) {
      for (var stanza : Stanza.read("causes/" + family + ".txt")) {
        stanza.allow(KEYS);
        var words = words(family, stanza);
        if (catalogue.put(words.slug(), words) != null) {
          throw new IllegalStateException(stanza.where() + " is there twice: " + words.slug());
        }
      }
    }
    return Map.copyOf(catalogue);
  }

  private static Words words(String family, Stanza stanza) {
    return new Words(
        stanza.one("cause"),
        family,
        stanza.one("title"),
        stanza.one("summary"),
        stanza.all("step"),
        yes(stanza, stanza.one("retry")));
  }

  static boolean yes(Stanza stanza, String word) {
    return switch (word) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalStateException(stanza.where() + " says neither yes nor no");
    };
  }
}
