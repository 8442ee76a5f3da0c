package io.postern.smtp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server as people paste it: `smtps://user:secret@smtp.example.com:465`, `smtp.example.com:587`,
/// `smtp://[2001:db8::1]:25`, `[2001:db8::1]:25`; without brackets where no other reading is
/// possible.
///
/// @param host not judged yet; an IPv6 literal stands without brackets
/// @param port empty when none was given
/// @param security null when it does not follow from the scheme
/// @param username what stood before the host, with its percent signs decoded (RFC 3986 section
///   3.2.1); empty when nothing did
/// @param password the same behind the colon; empty when none was given
public record ServerAddress(
    String host, String port, @Nullable Security security, String username, Secret password) {
  private static final Secret NO_PASSWORD = Secret.of("");

  private static final String PORT = "(?::([0-9]{1,5}))?";
  private static final Pattern URL =
      Pattern.compile(
          "(?i)(smtps?|submissions?|ssl|tls|https?)://(?:([^/?#]*)@)?"
              + "(\\[[0-9A-Fa-f:.]+\\]|[^:/?#@\\[\\]]+)"
              + PORT
              + "(?:[/?#].*)?");
  private static final Pattern NAME_AND_PORT = Pattern.compile("([^:\\[\\]/@\\s]+):([0-9]{1,5})");
  private static final Pattern LITERAL_THEN_PORT =
      Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*):([0-9]{1,5})");
  private static final Pattern LITERAL_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,5})");

  /// @return the parts, null when the text is a host alone or nothing of this kind
  public static @Nullable ServerAddress read(String text) {
    var url = URL.matcher(text);
    if (url.matches()) {
      var security =
          switch (url.group(1).toLowerCase(Locale.ROOT)) {
            case "smtps", "submissions", "ssl", "tls" -> Security.TLS;
            default -> null;
          };
      var implied = security == null ? "" : "465";
      var port = url.group(4) == null ? implied : url.group(4);
      return of(bare(url.group(3)), port, security, url.group(2) == null ? "" : url.group(2));
    }
    if (isWithoutBrackets(text)) {
      var colon = text.lastIndexOf(':');
      return plain(text.substring(0, colon), text.substring(colon + 1));
    }
    for (var pair : new Pattern[] {NAME_AND_PORT, LITERAL_AND_PORT}) {
      var found = pair.matcher(text);
      if (found.matches()) {
        return plain(bare(found.group(1)), found.group(2));
      }
    }
    return null;
  }

  private static ServerAddress plain(String host, String port) {
    return new ServerAddress(host, port, null, "", NO_PASSWORD);
  }

  private static ServerAddress of(
      String host, String port, @Nullable Security security, String user) {
    var colon = user.indexOf(':');
    return colon < 0
        ? new ServerAddress(host, port, security, decoded(user), NO_PASSWORD)
        : new ServerAddress(
            host,
            port,
            security,
            decoded(user.substring(0, colon)),
            Secret.of(decoded(user.substring(colon + 1))));
  }

  /// As it stands where the percent signs are not those of an encoding.
  private static String decoded(String text) {
    try {
      // A plus sign means itself outside of forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // Somebody typed it as it is.
      return text;
    }
  }

  /// `::1:18325`: no IPv6 address as it stands, but one before the last colon.
  private static boolean isWithoutBrackets(String text) {
    var parts = LITERAL_THEN_PORT.matcher(text);
    return parts.matches() && !isAddress(text) && isAddress(parts.group(1));
  }

  private static boolean isAddress(String text) {
    try {
      return HostName.parse(text).isAddress();
    } catch (MalformedValueException _) {
      // The answer is no.
      return false;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
