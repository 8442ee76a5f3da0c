package io.postern.smtp.sender;

import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver.RecordType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks the SPF records of a domain as a receiver would (RFC 7208), counts what it costs, and asks
/// of the addresses of a relay whether they are named.
final class SpfWalk {
  /// RFC 7208 section 4.6.4: more terms that need the DNS are a permanent error.
  static final int LOOKUPS_MAX = 10;

  /// RFC 7208 section 4.6.4: so many lookups may find nothing.
  static final int VOIDS_MAX = 2;

  private static final Set<String> WITH_LOOKUP =
      Set.of("a", "mx", "include", "exists", "ptr", "redirect");

  private final Questions questions;
  private final List<InetAddress> relay;
  private final Set<String> included = new HashSet<>();

  /// The domains whose records are being walked, the sender's first.
  private final List<String> path = new ArrayList<>();

  private @Nullable Circle circle;
  private int lookups;
  private int voids;
  private boolean failing;
  private boolean macros;
  private boolean names;

  /// @param relay the addresses that mail is handed to; those that it leaves from may be others
  SpfWalk(Questions questions, List<InetAddress> relay) {
    this.questions = questions;
    this.relay = List.copyOf(relay);
  }

  /// A record that leads back to itself.
  ///
  /// @param domains each with a term that leads to the next
  /// @param term the last one's, such as `include:acme.example`
  record Circle(List<String> domains, String term) {}

  void walk(String domain, String record) {
    path.add(domain);
    inOrder(record).forEach(word -> term(domain, word));
    path.removeLast();
  }

  /// The terms as they are evaluated, without their qualifiers: `all` matches everything, so what
  /// stands behind it is ignored, and so is a `redirect` anywhere; else that comes last (RFC 7208
  /// sections 5.1 and 6.1).
  private static List<String> inOrder(String record) {
    var redirects = new ArrayList<String>();
    var terms = new ArrayList<String>();
    for (var written : record.strip().split("\\s+", 0)) {
      var word = written.toLowerCase(Locale.ROOT).replaceFirst("^[+?~-]", "");
      if (word.equals("all")) {
        return terms;
      }
      (word.startsWith("redirect=") ? redirects : terms).add(word);
    }
    terms.addAll(redirects);
    return terms;
  }

  /// Every domain that is included, at any depth.
  Set<String> included() {
    return included;
  }

  /// The circle that was found last, null when there is none.
  @Nullable Circle circle() {
    return circle;
  }

  /// How many terms needed the DNS; a record that is included twice costs what it needs twice.
  int lookups() {
    return lookups;
  }

  int voids() {
    return voids;
  }

  /// Whether name servers failed on the way, so that the walk is not whole.
  boolean isFailing() {
    return failing;
  }

  /// Whether terms depend on the very mail (macros, `exists`), so that nobody can tell from here.
  boolean hasMacros() {
    return macros;
  }

  /// Whether an address of the relay is named.
  boolean namesRelay() {
    return names;
  }

  private void term(String domain, String word) {
    if (lookups > LOOKUPS_MAX) {
      return;
    }
    var name = word.split("[:=/]", 2)[0];
    var rest = word.length() > name.length() ? word.substring(name.length() + 1) : "";
    if (WITH_LOOKUP.contains(name)) {
      lookups++;
      if (lookups > LOOKUPS_MAX) {
        return;
      }
    }
    if (rest.contains("%")) {
      macros = true;
      return;
    }
    switch (name) {
      case "ip4", "ip6" -> names |= relay.stream().anyMatch(each -> Range.holds(rest, each));
      case "a" -> named(target(domain, word, rest), word);
      case "mx" -> exchangers(target(domain, word, rest), word);
      case "include", "redirect" -> follow(rest.replaceFirst("\\.$", ""), word);
      case "exists", "ptr" -> macros = true;
      default -> {
        // all, exp and what is unknown: they name nobody.
      }
    }
  }

  /// `a`, `a/24`, `a:other.example/24`.
  private static String target(String domain, String word, String rest) {
    return word.contains(":") ? rest.split("/", 2)[0] : domain;
  }

  private void follow(String domain, String term) {
    included.add(domain);
    var before = path.indexOf(domain);
    if (before >= 0) {
      circle = new Circle(List.copyOf(path.subList(before, path.size())), term);
      return;
    }
    var answer = questions.ask(domain, RecordType.TXT);
    note(answer);
    for (var record : Questions.tagged(answer, "v=spf1")) {
      walk(domain, record);
    }
  }

  private void named(String host, String word) {
    var prefix = word.contains("/") ? word.substring(word.indexOf('/')) : "";
    for (var type : List.of(RecordType.A, RecordType.AAAA)) {
      if (relay.stream()
          .noneMatch(each -> (each.getAddress().length == 4) == (type == RecordType.A))) {
        continue;
      }
      var answer = questions.ask(host, type);
      note(answer);
      if (answer instanceof DnsAnswer.Found(var values, _)) {
        names |=
            values.stream()
                .anyMatch(
                    value -> relay.stream().anyMatch(each -> Range.holds(value + prefix, each)));
      }
    }
  }

  private void exchangers(String domain, String word) {
    var answer = questions.ask(domain, RecordType.MX);
    note(answer);
    if (answer instanceof DnsAnswer.Found(var values, _)) {
      values.stream()
          .limit(LOOKUPS_MAX)
          .map(value -> value.substring(value.indexOf(' ') + 1))
          .filter(host -> !host.equals(".") && !host.isEmpty())
          .forEach(host -> named(host, word));
    }
  }

  private void note(DnsAnswer answer) {
    failing |= Questions.failed(answer);
    if (answer instanceof DnsAnswer.NoName || answer instanceof DnsAnswer.NoData) {
      voids++;
    }
  }
}
