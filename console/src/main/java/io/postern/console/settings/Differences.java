package io.postern.console.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What differs between two versions, in words, without secrets.
public final class Differences {
  private Differences() {}

  /// @param label the field's label in the form
  public record Difference(String label, String before, String after) {}

  public static List<Difference> between(@Nullable RelayVersion before, RelayVersion after) {
    var differences = new ArrayList<Difference>();
    var old = before == null ? null : before.values();
    var now = after.values();
    add(differences, "Outgoing Server", old == null ? "" : old.host().ascii(), now.host().ascii());
    add(
        differences,
        "Outgoing Port",
        old == null ? "" : String.valueOf(old.port()),
        String.valueOf(now.port()));
    add(
        differences,
        "Connection Security",
        old == null ? "" : old.security().word(),
        now.security().word());
    add(differences, "From Email", old == null ? "" : old.from().toString(), now.from().toString());
    add(differences, "From name", old == null ? "" : old.fromName(), now.fromName());
    add(differences, "Reply-To", old == null ? "" : text(old.replyTo()), text(now.replyTo()));
    add(differences, "Username", old == null ? "" : old.username(), now.username());
    add(differences, "EHLO name", old == null ? "" : text(old.ehloName()), text(now.ehloName()));
    add(
        differences,
        "Insecure Skip TLS Verify",
        old == null ? "" : onOff(old.skipVerify()),
        onOff(now.skipVerify()));
    add(
        differences,
        "Trusted certificates",
        old == null ? "" : String.valueOf(old.authorities().size()),
        String.valueOf(now.authorities().size()));
    if (before != null && !Objects.equals(setAt(before), setAt(after))) {
      differences.add(new Difference("Password", "", "changed"));
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

  private static void add(List<Difference> differences, String label, String before, String after) {
    if (!before.equals(after)) {
      differences.add(new Difference(label, before, after));
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }

  private static java.time.@Nullable Instant setAt(RelayVersion version) {
    return switch (version.password()) {
      case RelayVersion.Password.Known(_, var at, _) -> at;
      case RelayVersion.Password.Lost(var at, _) -> at;
      case RelayVersion.Password.None _ -> null;
    };
  }
}
