package io.postern.smtp.conversation;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.diagnosis.Warning;
import io.postern.smtp.session.Failure;
import io.postern.smtp.session.Outcome;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a conversation came to, in the words of the files.
final class Words {
  private Words() {}

  static String of(Verdict verdict) {
    var stage = verdict.failedStage();
    return stage == null
        ? warned(verdict)
        : of(
            stage,
            Objects.requireNonNull(verdict.finding()),
            Objects.requireNonNull(verdict.diagnosis()));
  }

  private static String warned(Verdict verdict) {
    return verdict.warnings().isEmpty()
        ? "valid"
        : verdict.warnings().stream()
            .map(Warning::cause)
            .collect(Collectors.joining(" ", "valid => ", ""));
  }

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(var reply) -> "accepted " + of(reply);
      case Outcome.Refused(var failure) -> "refused " + of(failure);
      case Outcome.Unknown(var failure) -> "unknown " + of(failure);
    };
  }

  static String of(Failure failure) {
    return failure.scope() + " " + of(failure.stage(), failure.finding(), failure.diagnosis());
  }

  private static String of(Stage stage, Finding finding, Diagnosis diagnosis) {
    return stage
        + " failed: "
        + of(finding)
        + " => "
        + diagnosis.cause()
        + " "
        + diagnosis.certainty().word();
  }

  /// The name of the finding and its facts; times are left out, for they are measured.
  private static String of(Finding finding) {
    var words = new ArrayList<String>();
    words.add(finding.getClass().getSimpleName());
    for (var component : finding.getClass().getRecordComponents()) {
      words.addAll(of(component, finding));
    }
    return String.join(" ", words);
  }

  private static List<String> of(RecordComponent component, Finding finding) {
    return switch (value(component, finding)) {
      case Duration _, Instant _ -> List.of();
      case Boolean is -> is ? List.of(component.getName()) : List.of();
      case Collection<?> all ->
          all.isEmpty()
              ? List.of()
              : List.of(all.stream().map(String::valueOf).collect(Collectors.joining(",")));
      case Reply reply -> List.of(of(reply));
      case Object fact -> fact.toString().isEmpty() ? List.of() : List.of(fact.toString());
    };
  }

  private static Object value(RecordComponent component, Finding finding) {
    try {
      return component.getAccessor().invoke(finding);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(Arrays.toString(finding.getClass().getInterfaces()), e);
    }
  }

  /// Code and enhanced code; the text is the server's.
  private static String of(Reply reply) {
    @Nullable EnhancedStatus enhanced = reply.enhanced();
    return reply.code() + (enhanced == null ? "" : " " + enhanced);
  }
}
