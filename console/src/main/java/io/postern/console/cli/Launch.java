package io.postern.console.cli;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.DatabaseException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/// Reads the command line and runs the command. Exit status: 0 done, 1 not, 2 wrong usage.
public final class Launch {
  /// In the order in which help lists them.
  private static final List<String> COMMANDS =
      List.of("serve", "check", "explain", "outbox", "audit", "account", "key", "warm-up");

  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  /// What has the log of a server. Every other command answers on standard output, where no log may
  /// stand.
  private static final Set<String> SERVING = Set.of("serve", "warm-up");

  private Launch() {}

  /// @param start how `serve` starts the server; the command line itself knows no Spring, so that
  ///   `check` stays quick
  public static int run(String[] arguments, Function<ProcessSettings, Server> start) {
    var whole = withServe(arguments);
    if (!SERVING.contains(whole[0]) && !OWN_OPTIONS.contains(whole[0])) {
      TerminalLog.use();
    }
    return commandLine(start, whole[0]).execute(whole);
  }

  static CommandLine commandLine(Function<ProcessSettings, Server> start) {
    return commandLine(start, COMMANDS);
  }

  /// Knows the other commands only when it is none of them that was called: to read what they all
  /// take costs a start more than the one command does.
  ///
  /// @param called the first word of the command line
  static CommandLine commandLine(Function<ProcessSettings, Server> start, String called) {
    return commandLine(start, COMMANDS.contains(called) ? List.of(called) : COMMANDS);
  }

  private static CommandLine commandLine(
      Function<ProcessSettings, Server> start, List<String> commands) {
    var line = new CommandLine(new PosternCommand());
    for (var name : commands) {
      line.addSubcommand(command(name, start));
    }
    line.setExecutionExceptionHandler(Launch::explain);
    line.setParameterExceptionHandler(new Misspelt(line.getParameterExceptionHandler()));
    return line;
  }

  private static CommandLine command(String name, Function<ProcessSettings, Server> start) {
    return switch (name) {
      case "serve" -> ServeCommand.commandLine(start);
      case "check" -> new CommandLine(new CheckCommand());
      case "explain" -> new CommandLine(new ExplainCommand());
      case "outbox" -> OutboxCommand.commandLine();
      case "audit" -> AuditCommand.commandLine();
      case "account" -> AccountCommand.commandLine();
      case "key" -> KeyCommand.commandLine();
      case "warm-up" -> new CommandLine(new WarmUpCommand(start));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// Options without a command belong to `serve`.
  private static String[] withServe(String[] arguments) {
    if (arguments.length > 0
        && (!arguments[0].startsWith("-") || OWN_OPTIONS.contains(arguments[0]))) {
      return arguments;
    }
    var whole = new String[arguments.length + 1];
    whole[0] = "serve";
    System.arraycopy(arguments, 0, whole, 1, arguments.length);
    return whole;
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    Throwable cause = failure;
    while (cause != null && !isSaid(cause)) {
      cause = cause.getCause();
    }
    if (cause != null) {
      line.getErr().println("postern: " + cause.getMessage());
    } else {
      line.getErr().println("postern: A fault in Postern stopped it. Report it with these lines:");
      failure.printStackTrace(line.getErr());
    }
    return 1;
  }

  /// Whether its message is a sentence for whoever sits at the terminal.
  private static boolean isSaid(Throwable failure) {
    return failure instanceof UnusableSettingException
        || failure instanceof OutboxFullException
        || failure instanceof DatabaseException;
  }
}
