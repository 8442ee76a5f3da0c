package io.postern.console.settings;

import io.postern.smtp.diagnosis.Repair;
import io.postern.smtp.diagnosis.Repair.Field;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A repair as the value of a button: `smtpPort=465&connectionSecurity=tls`. It comes back from the
/// browser, so it is judged like anything typed; only the fields that a repair may change are read.
public final class SmtpRepair {
  private SmtpRepair() {}

  public static String of(Repair repair) {
    return repair.changes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(change ->
            change.getKey().word()
                + "="
                + URLEncoder.encode(change.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// The posted fields with the changes of a repair.
  static Map<String, String[]> apply(String repair, Map<String, String[]> posted) {
    var mended = new HashMap<>(posted);
    for (var change : repair.split("&", -1)) {
      var equals = change.indexOf('=');
      if (equals > 0 && isRepairable(change.substring(0, equals))) {
        mended.put(
            change.substring(0, equals), new String[] {decode(change.substring(equals + 1))});
      }
    }
    if (repair.contains(Field.SECURITY.word())) {
      mended.put("securityChosen", new String[] {"true"});
    }
    return mended;
  }

  private static boolean isRepairable(String name) {
    return Arrays.stream(Field.values()).anyMatch(field -> field.word().equals(name));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // Not one of our buttons: taken as typed, and judged so.
      return text;
    }
  }
}
