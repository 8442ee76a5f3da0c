package io.postern.console.platform;

import java.net.URI;

/// The configured address of this instance, without a slash at the end.
public interface BaseUrl {
  int CHARACTERS_MAX = 200;

  String baseUrl();

  /// @return what is wrong with a base URL, empty when nothing is
  static String fault(String baseUrl) {
    if (baseUrl.length() > CHARACTERS_MAX) {
      return "A base URL has at most %d characters; this one has %d."
          .formatted(CHARACTERS_MAX, baseUrl.length());
    }
    try {
      return fault(URI.create(baseUrl));
    } catch (IllegalArgumentException _) {
      // Not a URL at all.
      return "A base URL looks like https://postern.example.com.";
    }
  }

  private static String fault(URI url) {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      return "A base URL begins with https:// or http://, such as https://postern.example.com.";
    }
    if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
      return "A base URL has no user, no ? and no #: https://postern.example.com.";
    }
    if (url.getHost() == null) {
      return "The host of a base URL is a name or an address in ASCII, such as https://postern.example.com; names in other letters in their form with xn--.";
    }
    return url.toString().endsWith("/") ? "A base URL has no slash at the end." : "";
  }
}
