package io.postern.console.platform.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// The body of a problem (RFC 9457) with our members `code`, `message`, `details`, `ref`.
public final class Problem {
  private Problem() {}

  /// In the order in which they are best read; a caller may add members. The type is the address,
  /// on this instance, of the words that explain the code.
  public static Map<String, Object> of(Refusal refusal, String ref) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "/docs/problems#" + refusal.code());
    body.put("title", HttpStatus.valueOf(refusal.status()).getReasonPhrase());
    body.put("status", refusal.status());
    body.put("code", refusal.code());
    body.put("message", refusal.sentence());
    body.put("details", refusal.details());
    body.put("ref", ref);
    return body;
  }
}
