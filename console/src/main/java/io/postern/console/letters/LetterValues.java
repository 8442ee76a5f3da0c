package io.postern.console.letters;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// What a letter needs to know, as the outbox keeps it: names to strings. Names are made harmless
/// when they are read, whoever wrote them.
final class LetterValues {
  static final String NAME = "name";
  static final String TENANT = "tenant";
  static final String LINK = "link";
  static final String UNTIL = "until";
  static final String OLD_ADDRESS = "oldAddress";
  static final String NEW_ADDRESS = "newAddress";
  static final String REQUESTED_BY = "requestedBy";
  static final String SUBJECT = "subject";
  static final String TEXT = "text";
  static final String HTML = "html";
  static final String EVENT = "event";
  static final String AT = "at";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String THROUGH = "through";
  static final String SAMPLE = "sample";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMMM d, uuuu, HH:mm 'UTC'", Locale.US).withZone(ZoneOffset.UTC);

  private final String to;
  private final Map<String, String> values;

  LetterValues(String to, Map<String, String> values) {
    this.to = to;
    this.values = Map.copyOf(values);
  }

  String to() {
    return to;
  }

  String name() {
    return PlainName.of(values.getOrDefault(NAME, ""));
  }

  String tenant() {
    return PlainName.of(need(TENANT));
  }

  String link() {
    return need(LINK);
  }

  String until() {
    return TIME.format(Instant.parse(need(UNTIL)));
  }

  String oldAddress() {
    return need(OLD_ADDRESS);
  }

  String newAddress() {
    return need(NEW_ADDRESS);
  }

  String requestedBy() {
    return need(REQUESTED_BY);
  }

  /// What happened, a sentence without its full stop. A name that an owner gave stands in it.
  String event() {
    return PlainName.of(need(EVENT));
  }

  String at() {
    return TIME.format(Instant.parse(need(AT)));
  }

  /// A mail server in words. Somebody chose its name.
  String before() {
    return PlainName.ofPlace(need(BEFORE));
  }

  /// The same.
  String after() {
    return PlainName.ofPlace(need(AFTER));
  }

  RelayChange.Through through() {
    return RelayChange.Through.valueOf(need(THROUGH));
  }

  String subject() {
    return need(SUBJECT);
  }

  String text() {
    return need(TEXT);
  }

  /// Empty when the caller gave only text.
  String html() {
    return values.getOrDefault(HTML, "");
  }

  boolean isSample() {
    return values.containsKey(SAMPLE);
  }

  private String need(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("A letter was queued without its value '" + name + "'.");
    }
    return value;
  }
}
