package io.postern.console.cli;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import java.util.EnumMap;
import java.util.Map;
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

  private static String describe(Setting setting) {
    var fallback = setting.fallback() == null ? "" : "; default " + setting.fallback();
    return setting.meaning() + fallback + " (" + setting.variable() + ")";
  }
}
