package io.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A mail server that takes everything and counts it by recipient, and how many connections were
/// open at once. smtp-sink does not tell whether a mail came twice.
final class TallySink implements AutoCloseable {
  private final Door door;
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger openMost = new AtomicInteger();

  TallySink() throws IOException {
    this.door = new Door(this::serve);
  }

  int port() {
    return door.port();
  }

  /// How many came, copies included.
  int count() {
    return count.get();
  }

  /// How many recipients got something.
  int recipients() {
    return taken.size();
  }

  int connectionsMost() {
    return openMost.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void serve(Socket client) throws IOException {
    openMost.accumulateAndGet(open.incrementAndGet(), Math::max);
    try {
      converse(client);
    } finally {
      open.decrementAndGet();
    }
  }

  /// Answers a group of commands with one write, as servers do.
  private void converse(Socket client) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    var answers = new StringBuilder("220 tally.bench.test ESMTP\r\n");
    var recipient = "";
    var inContent = false;
    while (true) {
      if (!in.ready()) {
        client.getOutputStream().write(answers.toString().getBytes(StandardCharsets.US_ASCII));
        answers.setLength(0);
      }
      var line = in.readLine();
      if (line == null || line.equals("QUIT")) {
        return;
      }
      if (inContent && line.equals(".")) {
        inContent = false;
        taken.merge(recipient, 1, Integer::sum);
        count.incrementAndGet();
        answers.append("250 2.0.0 Ok\r\n");
      } else if (!inContent) {
        inContent = line.equals("DATA");
        recipient = line.startsWith("RCPT") ? line : recipient;
        answers.append(answer(line));
      }
    }
  }

  private static String answer(String line) {
    return switch (line.split("[ :]", 2)[0]) {
      case "EHLO" -> "250-tally.bench.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n";
      case "DATA" -> "354 Go ahead\r\n";
      default -> "250 2.0.0 Ok\r\n";
    };
  }
}
