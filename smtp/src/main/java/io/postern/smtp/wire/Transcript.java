package io.postern.smtp.wire;

import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import java.util.ArrayList;
import java.util.List;

/// The conversation, redacted as it is recorded: what the client sends between AUTH and its
/// final reply never gets here.
public final class Transcript {
  static final int LINES_MAX = 2_000;

  private final List<String> lines = new ArrayList<>();
  private boolean signingIn;

  /// From now on client lines are secret, whatever their spelling.
  public void signInBegins() {
    signingIn = true;
  }

  /// The final reply to AUTH came.
  public void signInEnded() {
    signingIn = false;
  }

  public void client(String line) {
    add("C: " + (signingIn ? "***" : Printable.of(line)));
  }

  /// The AUTH command: the mechanism shows, an initial response does not.
  public void clientAuth(String mechanism, boolean withResponse) {
    add("C: AUTH " + Printable.of(mechanism) + (withResponse ? " ***" : ""));
  }

  public void server(int code, boolean last, String text) {
    var challenge = signingIn && code == 334;
    add("S: " + code + (last ? " " : "-") + (challenge ? "***" : Printable.of(text)));
  }

  public void note(String sentence) {
    add("* " + Printable.of(sentence));
  }

  public void server(Reply reply) {
    add("S: " + reply);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void add(String line) {
    if (lines.size() < LINES_MAX) {
      lines.add(line);
    } else if (lines.size() == LINES_MAX) {
      lines.add("* further lines are left out");
    }
  }
}
