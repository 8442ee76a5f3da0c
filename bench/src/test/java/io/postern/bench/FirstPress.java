package io.postern.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The first validation after `./postern` has started, over HTTP as a program presses it.
final class FirstPress {
  private static final String ROOT = "root@bench.test";
  private static final String PASSWORD = "a-long-enough-phrase-for-the-bench";
  private static final Pattern TOKEN = Pattern.compile("\"Authorization\":\"([^\"]+)\"");

  private final Place place;
  private final int relay;
  private final HttpClient client = HttpClient.newHttpClient();

  /// @param relay the port of a relay that takes everything
  FirstPress(Place place, int relay) {
    this.place = place;
    this.relay = relay;
  }

  void measure(Effort effort, Report report) throws IOException, InterruptedException {
    var directory = place.scratch();
    // Makes the database, and the cache of loaded classes when there is none yet.
    ServerProcess.start(place, directory, "-XX:AOTMode=auto").close();
    account(directory);
    var first = new Samples();
    var further = new Samples();
    for (var round = 0; round < effort.rounds(); round++) {
      try (var server = ServerProcess.start(place, directory, "-XX:AOTMode=on")) {
        var token = signIn(server);
        first.add(press(server, token));
        further.add(press(server, token));
      }
    }
    report.atMost("The first press after the start, over HTTP, ms", first, 150);
    report.figure("The second, ms", further);
  }

  private void account(Path directory) throws IOException, InterruptedException {
    var command =
        new ProcessBuilder(
            place.project().resolve("postern").toString(),
            "account",
            "create",
            ROOT,
            "--role",
            "root",
            "--password-stdin",
            "--data-dir",
            directory.toString());
    command.redirectErrorStream(true);
    var creating = command.start();
    try (var in = creating.getOutputStream()) {
      in.write(PASSWORD.getBytes(StandardCharsets.US_ASCII));
    }
    var said = new String(creating.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (creating.waitFor() != 0) {
      throw new IOException("no account: " + said);
    }
  }

  private String signIn(ServerProcess server) throws IOException, InterruptedException {
    var body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(ROOT, PASSWORD);
    var answer = send(request(server, "/v1/auth/syslogin").POST(json(body)).build());
    var token = TOKEN.matcher(answer.body());
    if (!token.find()) {
      throw new IOException("not signed in: " + answer.body());
    }
    return token.group(1);
  }

  private double press(ServerProcess server, String token)
      throws IOException, InterruptedException {
    var body =
        """
        {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"starttls","insecureSkipVerifyTls":true,
        "fromEmailId":"console@bench.test","userName":"console","password":"open-sesame"}
        """
            .formatted(relay);
    var request =
        request(server, "/v1/system/config/smtp/validate")
            .header("Authorization", token)
            .PUT(json(body))
            .build();
    var began = System.nanoTime();
    var answer = send(request);
    var millis = (System.nanoTime() - began) / 1e6;
    if (answer.statusCode() != 204) {
      throw new IOException("not valid: " + answer.body());
    }
    return millis;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(ServerProcess server, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher json(String body) {
    return HttpRequest.BodyPublishers.ofString(body);
  }
}
