package io.postern.console.accounts;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whom passkeys are made for (WebAuthn: *relying party*): the host and the origin of the base URL,
/// which never comes from a request.
///
/// @param id the host name to which a passkey belongs
/// @param origin what a browser says of the page that asks, such as `https://postern.example.com`
public record RelyingParty(String id, String origin) {
  /// @param baseUrl as [io.postern.console.settings.InstanceSettings] gives it
  public static RelyingParty of(String baseUrl) {
    var uri = URI.create(baseUrl);
    var scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    var host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    var isUsual =
        uri.getPort() == -1
            || (scheme.equals("https") && uri.getPort() == 443)
            || (scheme.equals("http") && uri.getPort() == 80);
    return new RelyingParty(host, scheme + "://" + host + (isUsual ? "" : ":" + uri.getPort()));
  }

  /// Why browsers make no passkeys here, a sentence with what to do; null when they do. They want a
  /// host name, and HTTPS everywhere but on localhost.
  public @Nullable String obstacle() {
    if (id.isEmpty() || id.startsWith("[") || id.matches("[0-9.]+")) {
      return "Passkeys need a host name, and the base URL is %s. Enter an address with a name under Administration, Instance."
          .formatted(origin);
    }
    return origin.startsWith("https://") || id.equals("localhost") || id.endsWith(".localhost")
        ? null
        : "Passkeys need HTTPS, and the base URL is %s. Set up TLS, then enter the https address under Administration, Instance."
            .formatted(origin);
  }
}
