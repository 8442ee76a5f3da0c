package io.postern.smtp.sender;

import io.postern.smtp.dns.Resolver.RecordType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The DMARC policy that holds for a domain (RFC 9989).
///
/// @param domain where the record stands: the domain itself or one above it
/// @param tags unknown ones are kept, and ignored by readers
record Dmarc(String domain, Map<String, String> tags) {
  /// RFC 9989 section 4.10: a walk asks no more than eight times.
  static final int WALK_MAX = 8;

  Dmarc {
    tags = Map.copyOf(tags);
  }

  /// How the walk up the tree ended.
  sealed interface Walk {
    record Found(Dmarc record) implements Walk {}

    record None() implements Walk {}

    /// More than one record under a name: receivers ignore them all.
    record Ambiguous(String domain) implements Walk {}

    record Failing(String domain) implements Walk {}
  }

  /// Asks at the author's domain, then at its parents. Of a name with more than eight labels, the
  /// parents with more than seven are skipped.
  static Walk walk(String domain, Questions questions) {
    var name = domain;
    for (var i = 0; i < WALK_MAX && name != null; i++) {
      var answer = questions.ask("_dmarc." + name, RecordType.TXT);
      var records = Questions.tagged(answer, "v=DMARC1");
      if (Questions.failed(answer)) {
        return new Walk.Failing(name);
      }
      if (records.size() > 1) {
        return new Walk.Ambiguous(name);
      }
      if (records.size() == 1) {
        return new Walk.Found(new Dmarc(name, parse(records.getFirst())));
      }
      name = parent(name);
    }
    return new Walk.None();
  }

  /// What receivers are asked to do with mail of a domain that does not pass: `none`, `quarantine`,
  /// `reject`. A parent's record speaks of its subdomains in `sp`. Without a policy: `none`.
  String policy(String author) {
    var own = tags.getOrDefault("p", "none");
    var policy = author.equals(domain) ? own : tags.getOrDefault("sp", own);
    return policy.toLowerCase(Locale.ROOT);
  }

  /// Whether the sending domain must be the very domain in From, not one above or below it.
  boolean isStrict(String tag) {
    return tags.getOrDefault(tag, "r").equalsIgnoreCase("s");
  }

  /// Tags that RFC 9989 took away.
  boolean hasRemovedTags() {
    return tags.containsKey("pct") || tags.containsKey("rf") || tags.containsKey("ri");
  }

  private static @Nullable String parent(String name) {
    var labels = name.split("\\.", 0);
    var skip = Math.max(1, labels.length - 7);
    if (labels.length - skip < 1) {
      return null;
    }
    return String.join(".", java.util.Arrays.copyOfRange(labels, skip, labels.length));
  }

  private static Map<String, String> parse(String record) {
    var tags = new HashMap<String, String>();
    for (var part : record.split(";", -1)) {
      var equals = part.indexOf('=');
      if (equals > 0) {
        tags.putIfAbsent(
            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            part.substring(equals + 1).strip());
      }
    }
    return tags;
  }
}
