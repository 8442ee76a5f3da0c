package io.postern.smtp.probe;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The date that Exim, Exchange and sendmail put into their greeting, in the form of RFC 5322.
final class GreetingDate {
  private static final Pattern DATE =
      Pattern.compile(
          "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {1,2}(\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} (?:[+-]\\d{4}|GMT|UTC))");

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss [Z][z]", Locale.ROOT);

  private GreetingDate() {}

  /// @return null when the greeting holds no date
  static @Nullable Instant of(String greeting) {
    var found = DATE.matcher(greeting);
    if (!found.find()) {
      return null;
    }
    try {
      return ZonedDateTime.parse(found.group(1), FORM).toInstant();
    } catch (DateTimeException _) {
      // Looks like a date, but there is no such day.
      return null;
    }
  }
}
