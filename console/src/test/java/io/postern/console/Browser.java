package io.postern.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a browser does, in the measure that the tests need: cookies, forms with their token. It
/// follows no redirect by itself.
public final class Browser {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

  private final String address;
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private final HttpClient client;

  public Browser(String address) {
    this(address, HttpClient.newHttpClient());
  }

  /// One that trusts what its client trusts.
  public Browser(String address, HttpClient client) {
    this.address = address;
    this.client = client;
  }

  /// @param headers name, value, name, value …
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  /// Sends a form of the page, with the token that the page holds.
  public HttpResponse<String> submit(String page, String path, Map<String, String> fields) {
    var all = new HashMap<>(fields);
    all.put("_csrf", token(get(page).body()));
    return post(path, all);
  }

  /// Sends exactly these fields.
  public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
    var form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  /// The page that a redirect leads to.
  public HttpResponse<String> follow(HttpResponse<String> response) {
    var location = response.headers().firstValue("Location").orElseThrow();
    return get(location.startsWith(address) ? location.substring(address.length()) : location);
  }

  public String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  public void setCookie(String name, String value) {
    cookies.put(name, value);
  }

  public static String token(String page) {
    var found = TOKEN.matcher(page);
    return found.find() ? found.group(1) : "";
  }

  private HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create(address + path));
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String header) {
    var pair = header.substring(0, (header + ";").indexOf(';'));
    var name = pair.substring(0, pair.indexOf('='));
    if (header.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
