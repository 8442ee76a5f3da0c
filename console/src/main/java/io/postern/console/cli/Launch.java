package io.postern.console.cli;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.DatabaseException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Reads the command line and runs the command. Exit status: 0 done, 1 not, 2 wrong usage.
public final class Launch {
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
    return commandLine(start).execute(whole);
  }

  static CommandLine commandLine(Function<ProcessSettings, Server> start) {
    var line = new CommandLine(new PosternCommand());
    var serve = new CommandLine(new ServeCommand(start));
    SettingOptions.addTo(serve.getCommandSpec(), EnumSet.allOf(Setting.class));
    serve.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, SettingOptions::inForce);
    line.addSubcommand(serve);
    line.addSubcommand(new CheckCommand());
    line.addSubcommand(new ExplainCommand());
    line.addSubcommand(OutboxCommand.commandLine());
    line.addSubcommand(AuditCommand.commandLine());
    line.addSubcommand(AccountCommand.commandLine());
    line.addSubcommand(KeyCommand.commandLine());
    line.addSubcommand(new WarmUpCommand(start));
    line.setExecutionExceptionHandler(Launch::explain);
    line.setParameterExceptionHandler(new Misspelt(line.getParameterExceptionHandler()));
    return line;
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
