package io.postern.console.outbox;

import io.postern.console.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// The lab's Postfix, which must be up (`lab/up postfix`): what it took is in the mailboxes of
/// `tenant.test`, a file for each message.
record PostfixMailboxes(int port, Path domain, Path queue) implements CrashReceiver {
  private static final List<String> QUEUES = List.of("maildrop", "incoming", "active", "deferred");

  /// @param facts the lab's `lab.properties`
  static PostfixMailboxes of(Path facts) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(facts)) {
      properties.load(reader);
    }
    var mail = Path.of(properties.getProperty("postfix.mail"));
    var postfix =
        new PostfixMailboxes(
            Integer.parseInt(properties.getProperty("postfix.mx.port")),
            mail.resolve("tenant.test"),
            mail.resolveSibling("spool"));
    postfix.forget();
    return postfix;
  }

  /// What Postfix took is in its queue first.
  @Override
  public List<String> recipients() {
    Eventually.until(() -> QUEUES.stream().allMatch(name -> files(queue.resolve(name)).isEmpty()));
    return letters().stream().map(this::recipient).toList();
  }

  @Override
  public void forget() {
    try {
      for (var letter : letters()) {
        Files.delete(letter);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `tenant.test/LOCAL/new/FILE`
  private List<Path> letters() {
    return files(domain).stream()
        .filter(file -> domain.relativize(file).getName(1).toString().equals("new"))
        .toList();
  }

  private String recipient(Path letter) {
    return domain.relativize(letter).getName(0) + "@tenant.test";
  }

  /// Postfix moves its files while they are listed.
  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of(folder);
    }
  }
}
