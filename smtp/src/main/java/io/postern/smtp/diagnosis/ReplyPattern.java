package io.postern.smtp.diagnosis;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reply must look like for a rule: code, enhanced code, words - in that order of weight
/// . Matching is linear in the reply, which is the peer's.
///
/// @param codes such as `535`, `5xx`; empty: any that is no acceptance
/// @param enhanced such as `5.7.8`, `5.7.x`, `none`; empty: any
/// @param texts each must match
/// @param notTexts none may match
record ReplyPattern(
    List<String> codes, List<String> enhanced, List<Words> texts, List<Words> notTexts) {
  ReplyPattern {
    codes = List.copyOf(codes);
    enhanced = List.copyOf(enhanced);
    texts = List.copyOf(texts);
    notTexts = List.copyOf(notTexts);
  }

  static ReplyPattern of(Stanza stanza) {
    return new ReplyPattern(
        stanza.words("code"),
        stanza.words("enhanced"),
        Words.all(stanza.all("text")),
        Words.all(stanza.all("!text")));
  }

  boolean matches(Reply reply) {
    return matchesCode(reply) && matchesText(Words.fold(reply.text()));
  }

  /// Whether a 2xx can look like this.
  boolean allowsAcceptance() {
    return codes.stream().anyMatch(code -> code.charAt(0) == '2');
  }

  /// Whether more than words decide.
  boolean isStructural() {
    return !codes.isEmpty() || !enhanced.isEmpty();
  }

  /// An acceptance is refuted by its code alone: words such as a queue number mean nothing.
  private boolean matchesCode(Reply reply) {
    return (codes.isEmpty()
            ? reply.code() >= 300
            : codes.stream().anyMatch(code -> fits(code, reply.code())))
        && (enhanced.isEmpty()
            || enhanced.stream().anyMatch(status -> fits(status, reply.enhanced())));
  }

  private boolean matchesText(String folded) {
    return texts.stream().allMatch(words -> words.areIn(folded))
        && notTexts.stream().noneMatch(words -> words.areIn(folded));
  }

  private static boolean fits(String pattern, int code) {
    var text = String.valueOf(code);
    return pattern.endsWith("xx") ? pattern.charAt(0) == text.charAt(0) : pattern.equals(text);
  }

  private static boolean fits(String pattern, @Nullable EnhancedStatus status) {
    if (status == null) {
      return pattern.equals("none");
    }
    var parts = pattern.split("\\.", -1);
    return parts.length == 3
        && fitsPart(parts[0], status.category())
        && fitsPart(parts[1], status.subject())
        && fitsPart(parts[2], status.detail());
  }

  private static boolean fitsPart(String pattern, int number) {
    return pattern.equals("x") || pattern.equals(String.valueOf(number));
  }
}
