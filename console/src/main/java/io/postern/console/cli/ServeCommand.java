package io.postern.console.cli;

import io.postern.console.platform.DataDirectory;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/// `postern serve`: the console, the API and the outbox in one process, until it is told to stop.
@Command(
    name = "serve",
    description = "Serve the console, the API and the outbox (the default).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final Function<ProcessSettings, Server> start;
  private CommandSpec spec = CommandSpec.create();

  ServeCommand(Function<ProcessSettings, Server> start) {
    this.start = start;
  }

  static CommandLine commandLine(Function<ProcessSettings, Server> start) {
    var line = new CommandLine(new ServeCommand(start));
    SettingOptions.addTo(line.getCommandSpec(), EnumSet.allOf(Setting.class));
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, SettingOptions::inForce);
    return line;
  }

  @Spec
  void use(CommandSpec own) {
    spec = own;
  }

  @Override
  public Integer call() throws InterruptedException {
    var settings = SettingOptions.resolve(spec.commandLine().getParseResult());
    var stopped = new CountDownLatch(1);
    try (var directory = DataDirectory.hold(settings.dataDirectory())) {
      if (!directory.remark().isEmpty()) {
        spec.commandLine().getErr().println("postern: " + directory.remark());
      }
      var server = start.apply(settings);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    stopped.countDown();
                  },
                  "stop"));
      spec.commandLine().getOut().println(server.greeting());
      spec.commandLine().getOut().flush();
      Thread.ofPlatform().name("rehearsal").daemon().start(server::rehearse);
      stopped.await();
    }
    return 0;
  }
}
