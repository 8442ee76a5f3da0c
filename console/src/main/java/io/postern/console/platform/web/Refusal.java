package io.postern.console.platform.web;

import java.util.Map;

/// An answer that is not what was asked for, with the status and the words for it. Pages show the
/// message; `/v1` answers it as `application/problem+json` with the code.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, ?> details;

  /// @param code stable and in lower case with hyphens, such as `mail-not-found`
  /// @param message a sentence for the operator: what happened, why, what to do
  /// @param details more facts for machines, empty when there are none
  public Refusal(int status, String code, String message, Map<String, ?> details) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  public Refusal(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  /// @param what such as `tenant`
  public static Refusal notFound(String what) {
    return new Refusal(
        404, what + "-not-found", "There is no such " + what + " here. It may have been deleted.");
  }

  static Refusal notSignedIn() {
    return new Refusal(
        401,
        "not-signed-in",
        "The token or key is missing, unknown or has ended, or both were sent: send one of them."
            + " A token ends after an idle hour, after 8 hours, and when its account signed in many"
            + " times since. Sign in again, or use an API key.");
  }

  static Refusal otherSite() {
    return new Refusal(
        403,
        "cross-site",
        "The request came from another site, so nothing was done. Open the page here and try again.");
  }

  static Refusal staleForm() {
    return new Refusal(
        403,
        "stale-form",
        "The form was open longer than your session, or belongs to another one, so nothing was done."
            + " Open the page again and repeat it.");
  }

  static Refusal formNotKept() {
    return new Refusal(
        403,
        "form-not-kept",
        "What you typed was kept for 15 minutes and for your session alone, and is gone, so nothing"
            + " was done. Open the page again and repeat it.");
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Map<String, ?> details() {
    return details == null ? Map.of() : details;
  }

  public String sentence() {
    return java.util.Objects.requireNonNull(getMessage());
  }
}
