package io.postern.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One `postern check --json` against a door of the lab, and what it answered.
public final class CheckRun {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PASSWORD_VARIABLE = "LAB_PASSWORD";

  private final Lab lab;
  private final List<String> words = new ArrayList<>();
  private String password = "";

  private CheckRun(Lab lab) {
    this.lab = lab;
  }

  /// @param security starttls, tls or none
  static CheckRun at(Lab lab, String door, String security) {
    var run = new CheckRun(lab);
    return run.with("--port", String.valueOf(lab.port(door)))
        .with("--security", security)
        .with("--ca-file", lab.authority().toString())
        .with("--timeout", "30");
  }

  CheckRun signedIn(String user) {
    return signedIn(user, lab.password(user));
  }

  CheckRun signedIn(String user, String secret) {
    password = secret;
    return with("--username", lab.address(user)).with("--password-env", PASSWORD_VARIABLE);
  }

  CheckRun from(String address) {
    return with("--from", address);
  }

  CheckRun to(String address) {
    return with("--to", address);
  }

  CheckRun with(String option, String value) {
    words.add(option);
    words.add(value);
    return this;
  }

  /// Runs the launcher, as an operator would.
  Answer run() {
    var command = new ArrayList<String>();
    command.add(lab.project().resolve("postern").toString());
    command.add("check");
    command.add("--json");
    command.addAll(words);
    command.add(lab.host());
    var process = new ProcessBuilder(command);
    process.environment().put(PASSWORD_VARIABLE, password);
    process.environment().put("LC_ALL", "C.UTF-8");
    var ended = Ended.of(process, "");
    return new Answer(ended, password);
  }

  /// What the command said.
  static final class Answer {
    private final Ended ended;
    private final JsonNode verdict;

    Answer(Ended ended, String password) {
      this.ended = ended;
      if (!password.isEmpty() && (ended.output() + ended.errors()).contains(password)) {
        throw new AssertionError("the password is in the output");
      }
      if (!ended.output().startsWith("{")) {
        throw new AssertionError("no JSON: " + ended);
      }
      verdict = JSON.readTree(ended.output());
    }

    int status() {
      return ended.status();
    }

    boolean valid() {
      return verdict.path("valid").asBoolean();
    }

    String stage() {
      return verdict.path("stage").asString("");
    }

    String cause() {
      return verdict.path("cause").asString("");
    }

    boolean retryUseful() {
      return verdict.path("retryUseful").asBoolean();
    }

    /// The outcome of a rung: passed, failed, warned, skipped; empty when it was not drawn.
    String outcome(String stage) {
      return StreamSupport.stream(verdict.path("stages").spliterator(), false)
          .filter(rung -> rung.path("stage").asString("").equals(stage))
          .map(rung -> rung.path("outcome").asString(""))
          .findFirst()
          .orElse("");
    }

    /// Whether a line of the conversation starts like this, after `C: ` or `S: `.
    boolean said(String line) {
      return StreamSupport.stream(verdict.path("transcript").spliterator(), false)
          .anyMatch(said -> said.asString("").regionMatches(true, 0, line, 0, line.length()));
    }

    @Override
    public String toString() {
      return verdict.toPrettyString();
    }
  }
}
