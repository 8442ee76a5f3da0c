package io.postern.console.platform.database;

import io.postern.console.platform.UnusableSettingException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `postgresql://user@host:port/db`, with `sslmode` and `sslrootcert` behind a question mark.
///
/// On another machine the connection is TLS whose certificate names the host, unless the URL says
/// otherwise: nothing falls back to clear text by itself.
record PostgresUrl(String written, URI uri) {
  private static final int PORT = 5432;
  private static final String MODE = "sslmode";
  private static final String AUTHORITY = "sslrootcert";
  private static final Set<String> MODES =
      Set.of("disable", "prefer", "require", "verify-ca", "verify-full");

  /// @throws UnusableSettingException with the form that is asked for
  static PostgresUrl parse(String url) {
    var uri = uri(url);
    var user = uri == null ? null : uri.getUserInfo();
    if (uri == null || user == null || !isPostgres(uri)) {
      throw new UnusableSettingException(
          "The database URL takes the form postgresql://user@host:port/db.");
    }
    if (user.contains(":")) {
      throw new UnusableSettingException(
          "The database URL is shown in messages and holds a password. Put it into a file, and name that in POSTERN_DATABASE_PASSWORD_FILE.");
    }
    var parsed = new PostgresUrl(url, uri);
    parsed.requireKnown();
    return parsed;
  }

  String user() {
    return uri.getUserInfo();
  }

  /// Every address that the host leads to now.
  ///
  /// @throws UnusableSettingException when it leads nowhere, so that nothing can be opened
  List<InetSocketAddress> listeners() {
    try {
      return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
          .map(address -> new InetSocketAddress(address, port()))
          .toList();
    } catch (UnknownHostException _) {
      // The name is all there is to say.
      throw new UnusableSettingException(
          "The database %s cannot be opened: there is no host %s. Correct POSTERN_DATABASE_URL, or the DNS."
              .formatted(written, uri.getHost()));
    }
  }

  /// What the driver takes.
  String jdbc() {
    var settings = settings();
    if (!settings.containsKey(MODE) && (settings.containsKey(AUTHORITY) || !isThisMachine())) {
      settings.put(MODE, "verify-full");
    }
    if (settings.getOrDefault(MODE, "").startsWith("verify") && !settings.containsKey(AUTHORITY)) {
      // The authorities of the Java runtime; by itself the driver wants a file in the home
      // directory.
      settings.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    var query = new StringBuilder();
    settings.forEach((name, value) ->
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return "jdbc:postgresql://%s:%d%s%s".formatted(uri.getHost(), port(), uri.getPath(), query);
  }

  private int port() {
    return uri.getPort() == -1 ? PORT : uri.getPort();
  }

  private boolean isThisMachine() {
    return listeners().stream().allMatch(door -> door.getAddress().isLoopbackAddress());
  }

  private Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    var query = uri.getQuery();
    if (query != null) {
      for (var pair : query.split("&", -1)) {
        var equals = pair.indexOf('=');
        settings.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
      }
    }
    return settings;
  }

  /// The driver takes some that load classes and write files.
  private void requireKnown() {
    for (var setting : settings().entrySet()) {
      var known =
          switch (setting.getKey()) {
            case MODE -> MODES.contains(setting.getValue());
            case AUTHORITY -> !setting.getValue().isEmpty();
            default -> false;
          };
      if (!known) {
        throw new UnusableSettingException(
            "The database URL says %s=%s; it takes sslmode (disable, prefer, require, verify-ca or verify-full) and sslrootcert (a file of certificates)."
                .formatted(setting.getKey(), setting.getValue()));
      }
    }
    requireUsed();
  }

  /// With another mode the driver takes any certificate, whatever authority is named.
  private void requireUsed() {
    var mode = settings().getOrDefault(MODE, "verify-full");
    if (settings().containsKey(AUTHORITY) && !mode.startsWith("verify")) {
      throw new UnusableSettingException(
          "The database URL names an authority in sslrootcert and says sslmode=%s, which verifies no certificate. Say sslmode=verify-full, or leave sslmode out."
              .formatted(mode));
    }
  }

  private static @Nullable URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      // Not a URL at all; the form that is asked for says more than the parser.
      return null;
    }
  }

  private static boolean isPostgres(URI uri) {
    return "postgresql".equals(uri.getScheme()) && uri.getHost() != null;
  }
}
