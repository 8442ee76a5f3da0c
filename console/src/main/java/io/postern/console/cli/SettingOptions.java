package io.postern.console.cli;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The settings of the process as command-line options, for `serve` and for every command that
/// opens the database: each lists those that change what it does.
final class SettingOptions {
  /// What names the database and opens what is sealed in it.
  static final Set<Setting> DATABASE =
      Collections.unmodifiableSet(
          EnumSet.of(
              Setting.DATA_DIR,
              Setting.DATABASE_URL,
              Setting.DATABASE_PASSWORD_FILE,
              Setting.KEY_FILE));

  /// The same, with what the address in a printed link is made of.
  static final Set<Setting> DATABASE_AND_ADDRESS = withAddress();

  private SettingOptions() {}

  static void addTo(CommandSpec spec, Set<Setting> settings) {
    for (var setting : settings) {
      if (setting.flag() != null) {
        spec.addOption(
            OptionSpec.builder(setting.flag())
                .type(String.class)
                .paramLabel("VALUE")
                .description(describe(setting))
                .build());
      }
    }
  }

  /// The same for every subcommand.
  static CommandLine addToEach(CommandLine line, Set<Setting> settings) {
    line.getSubcommands().values().forEach(sub -> addTo(sub.getCommandSpec(), settings));
    return line;
  }

  /// The settings in force for the parsed command.
  static ProcessSettings resolve(ParseResult parsed) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (var setting : Setting.values()) {
      if (setting.flag() != null && parsed.hasMatchedOption(setting.flag())) {
        String value = parsed.matchedOptionValue(setting.flag(), "");
        flags.put(setting, value);
      }
    }
    return ProcessSettings.resolve(flags, System.getenv());
  }

  /// Each setting as it would be in force with the options beside `--help`, and where it comes
  /// from.
  static String inForce(Help help) {
    try {
      var settings = resolve(help.commandSpec().commandLine().getParseResult());
      var lines = new StringBuilder("%nIn force now:%n".formatted());
      for (var setting : Setting.values()) {
        var value = settings.shown(setting);
        lines.append(
            "  %-34s %s (%s)%n"
                .formatted(
                    setting.variable(),
                    value == null ? "not set" : value,
                    settings.value(setting).origin().word()));
      }
      return lines.toString();
    } catch (UnusableSettingException e) {
      return "%nIn force now: nothing would start. %s%n".formatted(e.sentence());
    }
  }

  private static Set<Setting> withAddress() {
    var settings = EnumSet.of(Setting.BASE_URL, Setting.PORT);
    settings.addAll(DATABASE);
    return Collections.unmodifiableSet(settings);
  }

  private static String describe(Setting setting) {
    var fallback = setting.fallback() == null ? "" : "; default " + setting.fallback();
    return setting.meaning() + fallback + " (" + setting.variable() + ")";
  }
}
