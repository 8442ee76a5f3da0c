package io.postern.smtp.diagnosis;

import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a password that was refused looks like, before the account is blamed: blanks around it, a
/// placeholder that nobody filled, quotes that a text program bent, letters that the server may
/// read in another character set. None of it proves anything, as a password may look like that;
/// thus it is likely at most, and only where the reply itself says no more than "wrong".
final class Passwords {
  /// What a reply says that only knows the credentials to be wrong.
  private static final Set<String> UNSPECIFIC =
      Set.of(
          "auth-bad-credentials",
          "app-password-required",
          "api-key-invalid",
          "smtp-credentials-not-api-credentials",
          "region-mismatch-credentials");

  /// No-break blanks and zero-width characters come along when text is copied from a page.
  private static final String UNSEEN = "\\u00A0\\u2007\\u200B-\\u200D\\u202F\\u2060\\uFEFF";

  private static final Pattern BLANK_OUTSIDE =
      Pattern.compile("(?s)[\\s%1$s].*|.*[\\s%1$s]".formatted(UNSEEN));

  /// The whole value is a variable's name (shell, Compose, Jinja, Go, Windows), or what a template
  /// writes for nothing.
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\$\\{.+}|\\$\\(.+\\)|\\$[A-Z_][A-Z0-9_]+|\\{\\{.+}}|<%.+%>|%[A-Z_][A-Z0-9_]+%"
              + "|<no value>|null|nil|None|undefined|\\[object Object]");

  /// Marks that a file format or page wants and that then became part of the value: quotes around
  /// all of it (docker run --env-file keeps them), a doubled or escaped dollar sign, entities.
  private static final Pattern MARKED =
      Pattern.compile(
          "(?s)\".+\"|'.+'|.*\\$\\$.*|.*\\\\[$!\"'`].*|.*&(amp|lt|gt|quot|apos|#[0-9]+);.*");

  /// Quotes, dashes and dots that word processors and chats put in place of the plain ones.
  private static final Pattern TYPOGRAPHIC =
      Pattern.compile("(?s).*[\\u2010-\\u2015\\u2018-\\u201F\\u2026\\u2032\\u2033\\u2212«»‹›].*");

  private static final Pattern UNSEEN_INSIDE = Pattern.compile("(?s).*[" + UNSEEN + "].*");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  private Passwords() {}

  /// @return the same, where the reply says more than the password's look
  static Diagnosis lookedAt(
      Diagnosis diagnosis, Stage stage, Reply reply, DiagnosisContext context) {
    if (stage != Stage.AUTH || !reply.isPermanent() || !UNSPECIFIC.contains(diagnosis.cause())) {
      return diagnosis;
    }
    var cause = oddity(context.password().reveal(), diagnosis.cause());
    return cause == null
        ? diagnosis
        : Refusals.worded(cause, Certainty.LIKELY, context).or(diagnosis.cause(), Certainty.LIKELY);
  }

  private static @Nullable String oddity(String password, String otherwise) {
    if (matches(BLANK_OUTSIDE, password)) {
      return "credentials-have-whitespace";
    }
    if (matches(PLACEHOLDER, password) || matches(MARKED, password)) {
      return "password-altered-by-template";
    }
    if (matches(TYPOGRAPHIC, password)) {
      return "password-altered-by-autocorrect";
    }
    // Where only an app password is taken, a letter beyond ASCII tells of the other kind.
    var wrongKind = otherwise.equals("app-password-required") && !matches(UNSEEN_INSIDE, password);
    return matches(ASCII, password) || wrongKind ? null : "password-encoding";
  }

  private static boolean matches(Pattern pattern, String password) {
    return pattern.matcher(password).matches();
  }
}
