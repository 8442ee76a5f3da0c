package io.postern.console.outbox;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A mail server on loopback that writes down what it took. It answers as told: by command word, or
/// for one recipient.
final class LedgerSink implements Closeable, CrashReceiver {
  /// At the end of a reply: what stands before goes out without a line end, then the connection is
  /// closed.
  static final String CUT = "\0";

  /// Takes the message and closes the connection within the reply.
  static final String TAKEN_THEN_CUT = "250" + CUT;

  /// @param text headers and body, unstuffed
  record Message(String sender, String recipient, String text) {}

  private final ServerSocket listener;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<Message> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger signIns = new AtomicInteger();
  private final AtomicInteger groups = new AtomicInteger();
  private volatile String password = "";
  private volatile Consumer<String> step = _ -> {};
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private LedgerSink(ServerSocket listener) {
    this.listener = listener;
  }

  static LedgerSink start() {
    try {
      var sink = new LedgerSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("ledger-sink").start(sink::listen);
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  /// Wants a sign-in with this password from now on.
  void wants(String newPassword) {
    password = newPassword;
  }

  /// @param to a command word such as `DATA`, `.` for the final dot, or `RCPT ada@tenant.test`
  void answer(String to, String reply) {
    answers.put(to, reply);
  }

  void answerAsUsual() {
    answers.clear();
  }

  /// Tells each step before it is answered, by its command word; of the final dot that the message
  /// was taken, that half of its answer is out, and that all of it is ([CrashPoint]).
  void onStep(Consumer<String> told) {
    step = told;
  }

  /// Keeps the reply to the final dot back until [#release].
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  List<Message> taken() {
    return taken;
  }

  @Override
  public List<String> recipients() {
    return taken.stream().map(Message::recipient).toList();
  }

  @Override
  public void forget() {
    taken.clear();
  }

  int connections() {
    return connections.get();
  }

  /// How often more commands came along with MAIL.
  int groups() {
    return groups.get();
  }

  int signIns() {
    return signIns.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // The listener was closed: the loop ends.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(socket).run();
    } catch (IOException _) {
      // The client went away; what it left behind was never taken.
    }
  }

  /// One connection.
  private final class Conversation {
    private final Socket socket;
    private final BufferedReader lines;
    private String sender = "";
    private String recipient = "";

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      this.lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void run() throws IOException {
      var open = say("CONNECT", "220 sink.test ESMTP");
      while (open) {
        var line = lines.readLine();
        open = line != null && command(line);
      }
    }

    private boolean command(String line) throws IOException {
      var word = line.split("[ :]", 2)[0];
      return switch (word) {
        case "EHLO" ->
            say(
                word,
                password.isEmpty()
                    ? "250-sink.test\r\n250 PIPELINING"
                    : "250-sink.test\r\n250-AUTH PLAIN\r\n250 PIPELINING");
        case "AUTH" -> {
          signIns.incrementAndGet();
          yield say(word, isRight(line) ? "235 2.7.0 Ok" : "535 5.7.8 Wrong password");
        }
        case "MAIL" -> {
          if (lines.ready()) {
            groups.incrementAndGet();
          }
          sender = address(line);
          yield say(word, "250 2.1.0 Ok");
        }
        case "RCPT" -> {
          recipient = address(line);
          yield recipient();
        }
        case "DATA" ->
            recipient.isEmpty()
                ? say("DATA without recipient", "554 5.5.1 No recipient")
                : say(word, "354 Go on") && content();
        case "QUIT" -> {
          say(word, "221 2.0.0 Bye");
          yield false;
        }
        default -> say(word, "250 2.0.0 Ok");
      };
    }

    private boolean recipient() throws IOException {
      var named = "RCPT " + recipient;
      var word = answers.containsKey(named) ? named : "RCPT";
      if (!isTaken(word, "250")) {
        recipient = "";
      }
      return say(word, "250 2.1.5 Ok");
    }

    private boolean content() throws IOException {
      if (!isTaken("DATA", "354")) {
        return true;
      }
      var text = new ArrayList<String>();
      for (var line = lines.readLine(); !".".equals(line); line = lines.readLine()) {
        if (line == null) {
          return false;
        }
        text.add(line.startsWith(".") ? line.substring(1) : line);
      }
      var message = new Message(sender, recipient, String.join("\r\n", text));
      if (isTaken(".", "250")) {
        taken.add(message);
      }
      step.accept(CrashPoint.TAKEN);
      awaitGate();
      return say(".", "250 2.0.0 Ok: queued as " + taken.size());
    }

    private void awaitGate() throws IOException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException("the sink was stopped", e);
      }
    }

    private boolean isTaken(String word, String usual) {
      return answers.getOrDefault(word, usual).startsWith(usual);
    }

    /// @return whether the connection goes on
    private boolean say(String word, String usual) throws IOException {
      var reply = answers.getOrDefault(word, usual);
      var cut = reply.endsWith(CUT);
      var octets = cut ? reply.substring(0, reply.length() - CUT.length()) : reply + "\r\n";
      step.accept(word);
      if (word.equals(".")) {
        write(octets.substring(0, octets.length() / 2));
        step.accept(CrashPoint.HALF);
        write(octets.substring(octets.length() / 2));
        step.accept(CrashPoint.ANSWERED);
      } else {
        write(octets);
      }
      return !cut;
    }

    private void write(String octets) throws IOException {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    private boolean isRight(String line) {
      var initial =
          new String(
              Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)),
              StandardCharsets.UTF_8);
      return initial.endsWith("\0" + password);
    }

    private static String address(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }
  }
}
