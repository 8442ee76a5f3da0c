package io.postern.console.settings;

import io.postern.smtp.PasswordMechanism;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What differs between two versions, in words, without secrets.
public final class Differences {
  private Differences() {}

  /// @param label the field's label in the form
  public record Difference(String label, String before, String after) {}

  /// A field of the form and how its value reads.
  private record Field(String label, Function<RelayDraft, String> text) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("Outgoing Server", values -> values.host().ascii()),
          new Field("Outgoing Port", values -> String.valueOf(values.port())),
          new Field("Connection Security", values -> values.security().label()),
          new Field("From Email", values -> values.from().toString()),
          new Field("From name", RelayDraft::fromName),
          new Field("Reply-To", values -> text(values.replyTo())),
          new Field("Username", RelayDraft::username),
          new Field("Sign-in mechanism", values -> mechanism(values.mechanism())),
          new Field("EHLO name", values -> text(values.ehloName())),
          new Field("Insecure Skip TLS Verify", values -> onOff(values.skipVerify())),
          new Field("Certificates", values -> String.valueOf(values.authorities().size())),
          new Field(
              "Send the password in clear text",
              values -> onOff(values.acknowledged().contains("cleartext-password"))));

  public static List<Difference> between(@Nullable RelayVersion before, RelayVersion after) {
    var differences = new ArrayList<Difference>();
    for (var field : FIELDS) {
      var old = before == null ? "" : field.text().apply(before.values());
      var now = field.text().apply(after.values());
      if (!old.equals(now)) {
        differences.add(new Difference(field.label(), old, now));
      }
    }
    var password = password(before == null ? null : setAt(before), setAt(after));
    if (!password.isEmpty()) {
      differences.add(new Difference("Password", "", password));
    }
    return differences;
  }

  static String sentence(@Nullable RelayVersion before, RelayVersion after) {
    var words =
        between(before, after).stream()
            .map(each ->
                each.before().isEmpty()
                    ? each.label() + ": " + each.after()
                    : each.label() + ": " + each.before() + " → " + each.after())
            .collect(Collectors.joining("; "));
    var judged = after.validated() ? "validated" : "never validated";
    return "Saved version %d, %s. %s"
        .formatted(after.number(), judged, words.isEmpty() ? "Nothing differs." : words);
  }

  /// @return what became of the password, empty when nothing did
  private static String password(@Nullable Instant before, @Nullable Instant after) {
    if (Objects.equals(before, after)) {
      return "";
    }
    if (after == null) {
      return "removed";
    }
    return before == null ? "set" : "changed";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String mechanism(@Nullable PasswordMechanism pinned) {
    return pinned == null ? "" : pinned.word();
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }

  private static @Nullable Instant setAt(RelayVersion version) {
    return switch (version.password()) {
      case RelayVersion.Password.Known(_, var at, _) -> at;
      case RelayVersion.Password.Lost(var at, _) -> at;
      case RelayVersion.Password.None _ -> null;
    };
  }
}
