package io.postern.console.api;

import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A console with a root account, as an unattended start makes it.
public final class Root {
  public static final String EMAIL = Visits.ROOT;
  public static final String PASSWORD = Visits.PASSWORD;

  private Root() {}

  public static RunningConsole console(Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("password"), PASSWORD);
    return RunningConsole.start(
        Files.createDirectories(directory.resolve("data")),
        Map.of(
            "POSTERN_BOOTSTRAP_EMAIL", EMAIL, "POSTERN_BOOTSTRAP_PASSWORD_FILE", file.toString()));
  }

  public static ApiClient client(RunningConsole console) {
    return ApiClient.signedIn(console, EMAIL, PASSWORD);
  }
}
