package io.postern.console.api;

import io.postern.console.RunningConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that calls the API, with a token, a key or nothing. Every answer is held to the
/// OpenAPI document.
public final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String address;
  private final List<String> headers;
  private final HttpClient client = HttpClient.newHttpClient();

  private ApiClient(String address, List<String> headers) {
    this.address = address;
    this.headers = headers;
  }

  public static ApiClient anonymous(RunningConsole console) {
    return new ApiClient(console.address(), List.of());
  }

  /// Signed in by password.
  public static ApiClient signedIn(RunningConsole console, String email, String password) {
    var answer =
        anonymous(console)
            .post(
                "/v1/auth/syslogin",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    return anonymous(console).with("Authorization", answer.at("/Authorization"));
  }

  public ApiClient with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new ApiClient(address, List.copyOf(more));
  }

  public Answer get(String path) {
    return call("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return call("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  public Answer post(String path, String json) {
    return with("Content-Type", "application/json").send("POST", path, json);
  }

  public Answer put(String path, String json) {
    return with("Content-Type", "application/json").send("PUT", path, json);
  }

  public Answer patch(String path, String json) {
    return with("Content-Type", "application/json").send("PATCH", path, json);
  }

  /// Without a content type, unless it was given.
  public Answer send(String method, String path, String body) {
    return call(method, path, HttpRequest.BodyPublishers.ofString(body));
  }

  private Answer call(String method, String path, HttpRequest.BodyPublisher body) {
    var request = HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      var answer = new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      ApiContract.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What came back.
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(body());
    }

    /// The value at a JSON pointer as text, empty when there is none.
    public String at(String pointer) {
      var node = json().at(pointer);
      return node.isContainer() ? node.toString() : node.asString("");
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// Status and code, such as `422 invalid-fields`; only of a problem.
    public String problem() {
      return header("Content-Type").startsWith("application/problem+json")
          ? status() + " " + at("/code")
          : status() + " is no problem: " + body();
    }
  }
}
