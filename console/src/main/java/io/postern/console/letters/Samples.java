package io.postern.console.letters;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// Made-up values with which the console shows each letter.
///
/// @param baseUrl where the sample link seems to lead
record Samples(String baseUrl, Instant now) {
  private static final Duration LINK_LIFETIME = Duration.ofDays(3);

  Map<String, String> values(LetterKind kind) {
    var values = new HashMap<String, String>();
    values.put(LetterValues.SAMPLE, "yes");
    values.put(LetterValues.NAME, "Ada Lovelace");
    values.put(LetterValues.TENANT, "Analytical Engines");
    values.put(
        LetterValues.LINK,
        baseUrl + "/link/sample/" + kind.name().toLowerCase(java.util.Locale.ROOT));
    values.put(
        LetterValues.UNTIL, now.plus(LINK_LIFETIME).truncatedTo(ChronoUnit.MINUTES).toString());
    values.put(LetterValues.OLD_ADDRESS, "ada.old@example.com");
    values.put(LetterValues.NEW_ADDRESS, "ada.new@example.com");
    values.put(LetterValues.REQUESTED_BY, "operator@example.com");
    values.put(LetterValues.SUBJECT, "[Sample] A mail of the platform");
    values.put(
        LetterValues.TEXT,
        "This is a sample. Subject and text of such a mail come from the part of the platform that"
            + " sends it.\r\n");
    return values;
  }
}
