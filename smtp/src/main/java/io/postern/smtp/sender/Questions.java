package io.postern.smtp.sender;

import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.dns.Resolver.RecordType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The questions of one report, each asked once and for at most two seconds, all together at most
/// [#MAX].
final class Questions {
  /// A sender with everything, well configured, needs some twenty.
  static final int MAX = 60;

  private static final Duration EACH = Duration.ofSeconds(2);

  private final Resolver resolver;
  private final Map<Question, DnsAnswer> answers = new HashMap<>();

  private record Question(String name, RecordType type) {}

  Questions(Resolver resolver) {
    this.resolver = resolver;
  }

  DnsAnswer ask(String name, RecordType type) {
    var question = new Question(name, type);
    var known = answers.get(question);
    if (known != null) {
      return known;
    }
    var answer =
        answers.size() >= MAX
            ? new DnsAnswer.ServerFailed("more than " + MAX + " questions")
            : resolver.askServers(name, type, EACH);
    answers.put(question, answer);
    return answer;
  }

  /// The TXT records under a name that begin with a tag, such as `v=spf1`.
  static List<String> tagged(DnsAnswer answer, String tag) {
    return answer instanceof DnsAnswer.Found(var values, _)
        ? values.stream().filter(value -> isTagged(value, tag)).toList()
        : List.of();
  }

  /// The tag stands alone or before a separator (RFC 7208 section 4.5, RFC 9989 section 4.7).
  private static boolean isTagged(String value, String tag) {
    var begins = value.regionMatches(true, 0, tag, 0, tag.length());
    return begins
        && (value.length() == tag.length() || " ;\t".indexOf(value.charAt(tag.length())) >= 0);
  }

  static boolean failed(DnsAnswer answer) {
    return switch (answer) {
      case DnsAnswer.NoServer _, DnsAnswer.ServerFailed _, DnsAnswer.Unusable _ -> true;
      case DnsAnswer.Found _, DnsAnswer.NoData _, DnsAnswer.NoName _ -> false;
    };
  }
}
