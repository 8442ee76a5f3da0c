package io.postern.console.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `postern`: without a command it serves.
@Command(
    name = "postern",
    description =
        "The outgoing-mail console: configure SMTP, learn why mail fails, send without losing any.",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    subcommands = CommandLine.HelpCommand.class)
public final class PosternCommand {
  /// The version of the jar.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {io.postern.console.platform.Version.sentence()};
    }
  }
}
