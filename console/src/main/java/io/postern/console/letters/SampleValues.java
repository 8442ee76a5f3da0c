package io.postern.console.letters;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// Made-up values with which the console shows each letter.
final class SampleValues {
  private SampleValues() {}

  /// @param baseUrl where the sample link seems to lead
  static Map<String, String> of(String baseUrl, Instant now, LetterKind kind) {
    var until = now.plus(kind.linkLifetime()).truncatedTo(ChronoUnit.MINUTES);
    var values = new HashMap<String, String>();
    values.put(LetterValues.NAME, "Ada Lovelace");
    values.put(LetterValues.TENANT, "Analytical Engines");
    values.put(LetterValues.LINK, baseUrl + "/link/sample/" + kind.word());
    values.put(LetterValues.UNTIL, until.toString());
    values.put(LetterValues.OLD_ADDRESS, "ada.old@example.com");
    values.put(LetterValues.NEW_ADDRESS, "ada.new@example.com");
    values.put(LetterValues.REQUESTED_BY, "operator@example.com");
    values.put(LetterValues.EVENT, "The passkey \"Laptop\" was added");
    values.put(LetterValues.AT, now.truncatedTo(ChronoUnit.MINUTES).toString());
    values.put(LetterValues.BEFORE, "mail.example.com, port 587, as noreply@example.com");
    values.put(LetterValues.AFTER, "relay.example.net, port 465, as console@example.com");
    values.put(LetterValues.THROUGH, RelayChange.Through.FORMER.name());
    values.put(LetterValues.SUBJECT, "A mail of the platform");
    values.put(
        LetterValues.TEXT,
        "Subject and text of such a mail come from the part of the platform that sends it.\r\n");
    return values;
  }

  /// The same, marked as a sample for whoever gets it.
  static Map<String, String> marked(Map<String, String> values) {
    var marked = new HashMap<>(values);
    marked.put(LetterValues.SAMPLE, "yes");
    marked.computeIfPresent(LetterValues.SUBJECT, (_, subject) -> "[Sample] " + subject);
    marked.computeIfPresent(LetterValues.TEXT, (_, text) -> "This is a sample.\r\n\r\n" + text);
    return marked;
  }
}
