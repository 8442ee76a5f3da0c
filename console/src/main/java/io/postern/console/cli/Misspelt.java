package io.postern.console.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is said about a command that does not exist: the near ones, else all.
final class Misspelt implements IParameterExceptionHandler {
  /// One slip for every so many letters.
  private static final int LETTERS_PER_SLIP = 3;

  private static final int SLIPS_MAX = 2;

  private final IParameterExceptionHandler usual;

  /// @param usual answers for everything else
  Misspelt(IParameterExceptionHandler usual) {
    this.usual = usual;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) throws Exception {
    var line = wrong.getCommandLine();
    var commands = line.getSubcommands().keySet();
    if (commands.isEmpty()
        || !(wrong instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().getFirst().startsWith("-")) {
      return usual.handleParseException(wrong, arguments);
    }
    var word = unmatched.getUnmatched().getFirst();
    var name = line.getCommandSpec().qualifiedName(" ");
    line.getErr().println("postern: There is no command \"%s %s\".".formatted(name, word));
    var near = near(word, commands);
    line.getErr()
        .print(
            near.isEmpty()
                ? "Commands:%n%s".formatted(line.getHelp().commandList())
                : "Did you mean: %s?%n".formatted(said(name, near)));
    line.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String said(String name, List<String> near) {
    return String.join(" or ", near.stream().map(each -> name + " " + each).toList());
  }

  static List<String> near(String word, Collection<String> commands) {
    var slips = Math.clamp(word.length() / LETTERS_PER_SLIP, 1, SLIPS_MAX);
    return commands.stream().filter(each -> slips(word, each) <= slips).toList();
  }

  /// How many letters were left out, put in, mistaken or exchanged with their neighbor: the
  /// distance of Damerau and Levenshtein, no place edited twice.
  private static int slips(String typed, String meant) {
    var rows = new ArrayList<int[]>();
    for (var i = 0; i <= typed.length(); i++) {
      var row = new int[meant.length() + 1];
      rows.add(row);
      for (var j = 0; j <= meant.length(); j++) {
        row[j] = i == 0 || j == 0 ? i + j : slips(typed, meant, rows, new int[] {i, j});
      }
    }
    return rows.getLast()[meant.length()];
  }

  private static int slips(String typed, String meant, List<int[]> rows, int[] at) {
    int i = at[0];
    int j = at[1];
    var same = typed.charAt(i - 1) == meant.charAt(j - 1);
    var fewest =
        Math.min(
            rows.get(i - 1)[j - 1] + (same ? 0 : 1),
            Math.min(rows.get(i - 1)[j], rows.get(i)[j - 1]) + 1);
    var exchanged =
        i > 1
            && j > 1
            && typed.charAt(i - 1) == meant.charAt(j - 2)
            && typed.charAt(i - 2) == meant.charAt(j - 1);
    return exchanged ? Math.min(fewest, rows.get(i - 2)[j - 2] + 1) : fewest;
  }
}
