package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passkeys belong to the host of the base URL, and two are advised.
final class PasskeyHostTest {
  private static final String ORIGIN = "http://localhost:8080";
  private static final String INSTANCE = "/system/administration/instance";
  private static final String PASSKEYS = "/system/account/passkeys";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
    assertThat(move(ORIGIN, false).statusCode()).isEqualTo(303);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void R565_a_first_and_a_second_passkey_are_urged_and_no_third() {
    assertThat(overview()).contains("signs in by password alone", "Add a passkey");
    register(1);
    assertThat(overview()).contains("has one passkey", "Add a second");
    register(2);
    assertThat(overview()).doesNotContain("Add a passkey");
  }

  @Test
  void passkeys_are_left_behind_only_when_somebody_says_so() {
    assertThat(move("http://other.localhost:8080", false).statusCode()).isEqualTo(303);
    assertThat(move(ORIGIN, false).statusCode()).isEqualTo(303);
    register(1);

    // Another port or scheme is the same host.
    assertThat(move("https://localhost:8443", false).statusCode()).isEqualTo(303);
    assertThat(move(ORIGIN, false).statusCode()).isEqualTo(303);

    var asked = move("https://postern.example.com", false);
    assertThat(asked.statusCode()).isEqualTo(422);
    assertThat(asked.body())
        .contains("1 passkey was made at localhost and cannot be used at postern.example.com")
        .contains("name=\"leavePasskeys\"");
    assertThat(root.get(INSTANCE).body()).contains(ORIGIN).doesNotContain("made at another host");

    assertThat(move("https://postern.example.com", true).statusCode()).isEqualTo(303);
    assertThat(root.get(INSTANCE).body())
        .contains("1 passkey was made at another host than postern.example.com");
  }

  private String overview() {
    return root.get("/system").body();
  }

  private HttpResponse<String> move(String baseUrl, boolean leavePasskeys) {
    return root.submit(
        INSTANCE,
        INSTANCE,
        Map.of(
            "displayName",
            "Postern",
            "baseUrl",
            baseUrl,
            "leavePasskeys",
            String.valueOf(leavePasskeys)));
  }

  private void register(int seed) {
    var question = root.get(PASSKEYS + "/question").body();
    var fields = new HashMap<String, String>();
    fields.put("name", "Key " + seed);
    fields.put("credential", new SoftAuthenticator(ORIGIN, seed).create(question));
    assertThat(root.submit(PASSKEYS, PASSKEYS, fields).statusCode()).isEqualTo(303);
  }
}
