package io.postern.console.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server as people paste it: `smtps://user:secret@smtp.example.com:465`, `smtp.example.com:587`.
///
/// @param port empty when none was given
/// @param security the word of the mode, empty when it does not follow
record ServerAddress(String host, String port, String security) {
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(smtps?|submissions?|https?)://(?:[^@/]*@)?([^/:?#]+)(?::([0-9]{1,5}))?(?:[/?#].*)?");
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:\\[\\]/@\\s]+):([0-9]{1,5})");

  /// @return the parts, null when the text is a host name alone or nothing of this kind
  static @Nullable ServerAddress read(String text) {
    var url = URL.matcher(text);
    if (url.matches()) {
      var scheme = url.group(1).toLowerCase(Locale.ROOT);
      var implicit = scheme.equals("smtps") || scheme.equals("submissions");
      var port = url.group(3) == null ? (implicit ? "465" : "") : url.group(3);
      return new ServerAddress(url.group(2), port, implicit ? "tls" : "");
    }
    var pair = HOST_AND_PORT.matcher(text);
    return pair.matches() ? new ServerAddress(pair.group(1), pair.group(2), "") : null;
  }

  /// The form with what stands in the host field put into the fields it belongs to.
  static SmtpForm split(SmtpForm form) {
    var parts = read(form.host());
    if (parts == null) {
      return form;
    }
    var port = parts.port().isEmpty() ? form.port() : parts.port();
    var security = parts.security().isEmpty() ? securityOf(port, form) : parts.security();
    return form.withServer(parts.host(), port, security);
  }

  private static String securityOf(String port, SmtpForm form) {
    return form.securityChosen() || !port.matches("[0-9]{1,5}")
        ? form.security()
        : io.postern.smtp.Security.ofPort(Integer.parseInt(port)).word();
  }
}
