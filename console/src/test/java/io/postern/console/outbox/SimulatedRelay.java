package io.postern.console.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A relay that answers at once, and as a seed will have it: rightly, with a refusal, with garbage,
/// with silence, or by cutting the connection. It keeps what it took, and what it said of whom.
final class SimulatedRelay {
  /// @param at nanoseconds of the simulation
  record Taken(String recipient, String content, long at) {}

  private static final Pattern RCPT = Pattern.compile("RCPT TO:<([^>]*)>");

  final List<Taken> taken = new ArrayList<>();

  /// When somebody signed in with the wrong password.
  final List<Long> refusedSignIns = new ArrayList<>();

  /// How often each recipient was named, and refused for good.
  final Map<String, Integer> offered = new TreeMap<>();

  final Map<String, Integer> refused = new TreeMap<>();

  /// How often a sender was named and no recipient with it: one command at a time.
  int unnamed;

  String password = "right";
  double faults;
  private final Random random;
  private final SimulatedTime time;

  SimulatedRelay(Random random, SimulatedTime time) {
    this.random = random;
    this.time = time;
  }

  Conversation connect() {
    return new Conversation();
  }

  /// One connection, from the relay's end.
  final class Conversation {
    private final StringBuilder received = new StringBuilder();
    private final StringBuilder answers = new StringBuilder();
    private boolean inContent;
    private boolean silent;
    boolean cut;
    private String recipient = "";

    Conversation() {
      say("220 relay.test ESMTP", oneOf("421 4.3.2 Busy", "421 4.7.0 Too many connections"));
    }

    void receive(byte[] octets, int from, int length) {
      var text = new String(octets, from, length, StandardCharsets.ISO_8859_1);
      // Also of a group that is not read to its end.
      if (text.startsWith("MAIL ") && !RCPT.matcher(text).find()) {
        unnamed++;
      }
      RCPT.matcher(text).results().forEach(named -> offered.merge(named.group(1), 1, Integer::sum));
      received.append(text);
      while (!cut && !silent) {
        var end = received.indexOf(inContent ? "\r\n.\r\n" : "\r\n");
        if (end < 0) {
          return;
        }
        var line = received.substring(0, end);
        received.delete(0, end + (inContent ? 5 : 2));
        if (inContent) {
          content(line);
        } else {
          command(line);
        }
      }
    }

    /// What is to be read now; empty when the relay has nothing to say.
    byte[] takeAnswers() {
      var octets = answers.toString().getBytes(StandardCharsets.ISO_8859_1);
      answers.setLength(0);
      return octets;
    }

    boolean hasAnswers() {
      return !answers.isEmpty();
    }

    private void command(String line) {
      switch (line.split("[ :]", 2)[0]) {
        case "EHLO" -> say("250-relay.test\r\n250-PIPELINING\r\n250 AUTH PLAIN", "421 4.3.2 Busy");
        case "AUTH" -> signIn(line);
        case "MAIL" ->
            say("250 2.1.0 Ok", oneOf("451 4.3.0 Later", "450 4.7.0 Rate limit exceeded"));
        case "RCPT" -> recipient(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
        case "DATA" -> {
          if (recipient.isEmpty()) {
            say("554 5.5.1 No recipient", "554 5.5.1 No recipient");
          } else {
            inContent = say("354 Go on", "451 4.3.0 Later");
          }
        }
        case "QUIT" -> {
          say("221 2.0.0 Bye", "221 2.0.0 Bye");
          cut = true;
        }
        default -> say("250 2.0.0 Ok", "421 4.3.2 Busy");
      }
    }

    private void signIn(String line) {
      var given =
          new String(
              Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)),
              StandardCharsets.UTF_8);
      if (given.endsWith("\0" + password)) {
        say("235 2.7.0 Ok", "454 4.7.0 Later");
      } else {
        refusedSignIns.add(time.ticks());
        answers.append("535 5.7.8 Authentication credentials invalid\r\n");
      }
    }

    private void recipient(String address) {
      recipient = address;
      if (random.nextDouble() < faults / 4) {
        refused.merge(address, 1, Integer::sum);
        answers.append("550 5.1.1 No such mailbox\r\n");
        recipient = "";
      } else if (!say("250 2.1.5 Ok", "450 4.2.1 Later")) {
        recipient = "";
      }
    }

    private void content(String text) {
      inContent = false;
      if (random.nextDouble() < faults / 4) {
        refused.merge(recipient, 1, Integer::sum);
        answers.append("554 5.6.0 No\r\n");
        return;
      }
      var later = random.nextDouble() < faults / 4;
      if (!later) {
        taken.add(new Taken(recipient, text, time.ticks()));
      }
      say(later ? "451 4.3.0 Later" : "250 2.0.0 Ok: queued", later ? "452 4.3.1 Full" : "");
    }

    private String oneOf(String one, String other) {
      return random.nextBoolean() ? one : other;
    }

    /// @param refusal instead; empty: only what leaves the outcome open
    /// @return whether it was the usual answer
    private boolean say(String usual, String refusal) {
      if (random.nextDouble() >= faults) {
        answers.append(usual).append("\r\n");
        return true;
      }
      switch (random.nextInt(refusal.isEmpty() ? 1 : 0, 5)) {
        case 0 -> {
          answers.append(refusal).append("\r\n");
          cut |= refusal.startsWith("421");
        }
        case 1 -> cut = true;
        case 2 -> {
          answers.append(usual, 0, random.nextInt(usual.length()));
          cut = true;
        }
        case 3 -> silent = true;
        default -> answers.append("hello there\r\n");
      }
      return false;
    }
  }

  /// How long an answer is on its way.
  Duration latency() {
    return Duration.ofMillis(
        1 + random.nextInt(faults > 0 && random.nextInt(50) == 0 ? 90_000 : 40));
  }
}
