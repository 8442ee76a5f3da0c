package io.postern.console.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What is printed on: how wide it is and whether it shows color. A file or a pipe is endlessly
/// wide and has none, so that programs find one fact on one line.
///
/// @param columns at least [#COLUMNS_MIN]
record Paper(int columns, boolean color) {
  static final Paper PLAIN = new Paper(Integer.MAX_VALUE, false);

  /// Narrower terminals get lines of this width.
  static final int COLUMNS_MIN = 40;

  private static final int COLUMNS_USUAL = 80;
  private static final int PATIENCE_SECONDS = 1;

  Paper {
    columns = Math.max(COLUMNS_MIN, columns);
  }

  /// Color only on a terminal that can, and not when NO_COLOR asks for none (no-color.org).
  ///
  /// @param colorless whether the command line asks for none
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 when the streams are redirected
  static Paper of(Map<String, String> environment, boolean colorless) {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return PLAIN;
    }
    var color =
        !colorless
            && !environment.containsKey("NO_COLOR")
            && !"dumb".equals(environment.get("TERM"));
    var told = environment.getOrDefault("COLUMNS", "");
    return new Paper(told.matches("[0-9]{1,4}") ? Integer.parseInt(told) : ofTerminal(), color);
  }

  String paint(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /// A text over as many lines as it needs, those after the first indented; words longer than a
  /// line are left whole, so that they can be copied.
  String wrap(String text, int indent) {
    if (text.length() <= columns) {
      return text;
    }
    var lead = text.length() - text.stripLeading().length();
    var lines = new StringBuilder(" ".repeat(lead));
    var used = lead;
    var begins = true;
    for (var word : text.strip().split(" ", -1)) {
      if (!begins && used + 1 + word.length() > columns) {
        lines.append('\n').append(" ".repeat(indent)).append(word);
        used = indent + word.length();
      } else {
        lines.append(begins ? "" : " ").append(word);
        used += word.length() + (begins ? 0 : 1);
      }
      begins = false;
    }
    return lines.toString();
  }

  /// `stty size` answers "rows columns" about the terminal that it reads from.
  private static int ofTerminal() {
    try {
      var stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      if (stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0) {
        var answer =
            new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        var columns = answer.substring(answer.indexOf(' ') + 1);
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : COLUMNS_USUAL;
      }
      stty.destroy();
    } catch (IOException _) {
      // No such program: the usual width will do.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return COLUMNS_USUAL;
  }
}
