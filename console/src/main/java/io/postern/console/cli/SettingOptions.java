package io.postern.console.cli;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The settings of the process as command-line options, for every command that opens the data
/// directory.
final class SettingOptions {
  private SettingOptions() {}

  static void addTo(CommandSpec spec) {
    for (var setting : Setting.values()) {
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

  private static String describe(Setting setting) {
    var fallback = setting.fallback() == null ? "" : "; default " + setting.fallback();
    return setting.meaning() + fallback + " (" + setting.variable() + ")";
  }
}
