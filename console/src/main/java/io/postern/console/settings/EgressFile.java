package io.postern.console.settings;

import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// The file that `--egress` names: one rule a line, `#` begins a remark. Read once, at the start.
final class EgressFile {
  static final int RULES_MAX = 1_000;
  static final int OCTETS_MAX = 262_144;

  private EgressFile() {}

  /// @throws UnusableSettingException when it cannot be read or understood in whole: half of the
  ///   rules would allow what the other half denies
  static EgressRules read(Path file) {
    var rules = new ArrayList<EgressRule>();
    var number = 0;
    for (var line : text(file).lines().toList()) {
      number++;
      var rule = line.replaceFirst("#.*", "").strip();
      if (rule.isEmpty()) {
        continue;
      }
      if (rules.size() == RULES_MAX) {
        throw unusable(file, "more than %d rules".formatted(RULES_MAX));
      }
      try {
        rules.add(EgressRule.parse(number, rule));
      } catch (IllegalArgumentException e) {
        throw unusable(file, "line %d %s".formatted(number, e.getMessage()));
      }
    }
    if (rules.isEmpty()) {
      throw unusable(file, "no rule, so that Postern could connect to nothing");
    }
    return new EgressRules.Listed(file, rules, false);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > OCTETS_MAX) {
        throw unusable(file, "more than %d octets".formatted(OCTETS_MAX));
      }
      return Files.readString(file);
    } catch (IOException _) {
      // The path says enough; the exception's text would repeat it.
      throw new UnusableSettingException(
          "The egress rules are \"%s\"; they are operator, strict, or a file of rules that can be read."
              .formatted(file));
    }
  }

  private static UnusableSettingException unusable(Path file, String what) {
    return new UnusableSettingException(
        "The egress rules in %s cannot be used: %s.".formatted(file, what));
  }
}
