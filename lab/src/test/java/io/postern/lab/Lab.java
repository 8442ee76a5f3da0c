package io.postern.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/// The running mail servers, as `lab/up` described them in `lab.properties`.
public final class Lab {
  private final Properties facts;

  private Lab(Properties facts) {
    this.facts = facts;
  }

  /// @throws IllegalStateException when the lab is not up
  public static Lab running() {
    var file = Path.of(System.getProperty("lab.properties", "run-state/lab.properties"));
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          "The lab is not up (no " + file + "). Run lab/run, or lab/up first.");
    }
    var facts = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      facts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lab(facts);
  }

  /// The name under which the servers are reached and which their good certificate carries.
  public String host() {
    return fact("host");
  }

  /// @param door server and door as listed in lab/README.md, such as `postfix.starttls.plain`
  public int port(String door) {
    return Integer.parseInt(fact(door + ".port"));
  }

  public boolean has(String door) {
    return facts.containsKey(door + ".port");
  }

  public String address(String user) {
    return user + "@" + fact("domain");
  }

  public String password(String user) {
    return fact(user + ".password");
  }

  /// The certificate of the lab's own authority, PEM.
  public Path authority() {
    return Path.of(fact("ca.file"));
  }

  /// The mailboxes in which mail accepted by this server is found.
  public Mailboxes mailboxes(String server) {
    return new Mailboxes(Path.of(fact(server + ".mail")));
  }

  /// The project's folder, with `postern` and `lab` in it.
  public Path project() {
    var lab = Path.of(fact("lab"));
    return Objects.requireNonNull(lab.getParent());
  }

  /// Runs one of the lab's scripts, such as `servers/postfix.sh stop`.
  public void script(String name, String... words) {
    var command = new ArrayList<String>();
    command.add(Path.of(fact("lab")).resolve(name).toString());
    command.addAll(List.of(words));
    var ended = Ended.of(new ProcessBuilder(command), "");
    if (ended.status() != 0) {
      throw new IllegalStateException(command + " failed: " + ended.output() + ended.errors());
    }
  }

  private String fact(String key) {
    var value = facts.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("lab.properties has no " + key);
    }
    return value;
  }
}
