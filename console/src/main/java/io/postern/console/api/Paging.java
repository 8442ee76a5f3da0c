package io.postern.console.api;

import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted, and how a list is answered: the model's `items` and `listmeta`.
///
/// @param offset how many entries to leave out
/// @param limit how many entries at most
record Paging(int offset, int limit) {
  static final int LIMIT_MAX = 200;
  static final int LIMIT_ASSUMED = 50;
  static final int OFFSET_MAX = 1_000_000;
  static final int TEXT_CHARACTERS_MAX = 200;

  /// Reads `limit`, `offset` and `continue`, which is the offset that the page before named.
  ///
  /// @throws Refusal 400 when one of them is no number or out of range
  static Paging of(HttpServletRequest request) {
    var next = request.getParameter("continue");
    var offset =
        next == null || next.isEmpty()
            ? number(request.getParameter("offset"), "offset", 0, OFFSET_MAX, 0)
            : number(next, "continue", 0, OFFSET_MAX, 0);
    return new Paging(offset, limit(request));
  }

  static int limit(HttpServletRequest request) {
    return number(request.getParameter("limit"), "limit", 1, LIMIT_MAX, LIMIT_ASSUMED);
  }

  /// @param total how many there are on all pages
  Map<String, Object> answer(List<Map<String, Object>> items, long total) {
    var next = offset + items.size();
    var meta = new LinkedHashMap<String, Object>();
    meta.put("continue", next < total && !items.isEmpty() ? String.valueOf(next) : "");
    meta.put("count", total);
    meta.put("limit", limit);
    meta.put("offset", offset);
    var body = new LinkedHashMap<String, Object>();
    body.put("items", items);
    body.put("listmeta", meta);
    return body;
  }

  /// The parameter `text`, what a list is searched for; empty when it is absent.
  static String text(HttpServletRequest request) {
    var text = request.getParameter("text");
    if (text != null && text.length() > TEXT_CHARACTERS_MAX) {
      throw refused("text", "At most %d characters are possible.".formatted(TEXT_CHARACTERS_MAX));
    }
    return text == null ? "" : text;
  }

  static Refusal refused(String parameter, String sentence) {
    return new Refusal(
        400,
        "invalid-parameter",
        parameter + ": " + sentence,
        Map.of("parameters", Map.of(parameter, sentence)));
  }

  private static int number(
      @Nullable String text, String parameter, int from, int to, int assumed) {
    if (text == null || text.isEmpty()) {
      return assumed;
    }
    var number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < from || number > to) {
      throw refused(parameter, "A number from %d to %d is needed.".formatted(from, to));
    }
    return number;
  }
}
