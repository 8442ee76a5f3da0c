package io.postern.smtp.session;

import io.postern.smtp.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the server listed in its EHLO reply (RFC 5321 section 4.1.1.1): keywords without case,
/// unknown ones ignored, repeated ones merged.
record Extensions(Map<String, List<String>> keywords) {
  static final Extensions NONE = new Extensions(Map.of());

  static Extensions of(Reply reply) {
    Map<String, List<String>> keywords = new HashMap<>();
    for (var line :
        reply.lines().subList(Math.min(1, reply.lines().size()), reply.lines().size())) {
      // Old servers write AUTH=LOGIN beside AUTH LOGIN.
      var words = line.strip().toUpperCase(Locale.ROOT).replaceFirst("^AUTH=", "AUTH ").split(" +");
      if (!words[0].isEmpty()) {
        keywords
            .computeIfAbsent(words[0], _ -> new ArrayList<>())
            .addAll(List.of(words).subList(1, words.length));
      }
    }
    return new Extensions(keywords);
  }

  boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  /// The words behind a keyword, without repeats.
  List<String> parameters(String keyword) {
    return keywords.getOrDefault(keyword, List.of()).stream().distinct().toList();
  }

  /// The size limit in octets, 0 when there is none or it is no number (RFC 1870).
  long sizeLimit() {
    var parameters = parameters("SIZE");
    return parameters.size() == 1 && parameters.getFirst().matches("[0-9]{1,18}")
        ? Long.parseLong(parameters.getFirst())
        : 0;
  }

  /// A limit of RFC 9422, 0 when it is not told or no number above 0.
  int limit(String name) {
    return parameters("LIMITS").stream()
        .filter(word -> word.matches(name + "=[1-9][0-9]{0,5}"))
        .mapToInt(word -> Integer.parseInt(word.substring(name.length() + 1)))
        .min()
        .orElse(0);
  }

  Set<String> names() {
    return keywords.keySet();
  }
}
