package io.postern.smtp.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one cause behind a finding, and the fix.
///
/// @param cause a slug of the catalogue, such as `app-password-required`
/// @param title a headline as the catalogue has it; [#headline] says how sure it is
/// @param summary one sentence for the operator
/// @param evidence what was seen, in the server's own words where it spoke; printable, empty when
///   the summary says it all
/// @param remedy steps, in order
/// @param retryUseful whether the same attempt, unchanged, may succeed later
/// @param otherCauses what may be behind it instead
/// @param page the provider's own page, absent when no provider was recognized
/// @param repairs changes of the settings that would mend it, the best first; never made silently
public record Diagnosis(
    String cause,
    Certainty certainty,
    String title,
    String summary,
    String evidence,
    List<String> remedy,
    boolean retryUseful,
    List<OtherCause> otherCauses,
    @Nullable Page page,
    List<Repair> repairs) {
  public Diagnosis {
    remedy = List.copyOf(remedy);
    otherCauses = List.copyOf(otherCauses);
    repairs = List.copyOf(repairs);
  }

  /// A cause that may be behind it instead.
  public record OtherCause(String cause, Certainty certainty) {}

  /// A provider's page about sending.
  ///
  /// @param provider its name
  public record Page(String provider, String address) {}

  /// The title as people and programs read it: what is not certain does not read like a fact.
  public String headline() {
    return switch (certainty) {
      case CERTAIN -> title;
      case LIKELY -> "Probably: " + title;
      case GUESS -> "Most likely: " + title;
    };
  }

  /// Cause, sentence and fix; the rest is added when all around it is known.
  static Diagnosis of(
      String cause, Certainty certainty, String summary, boolean retryUseful, List<String> remedy) {
    return new Diagnosis(
        cause,
        certainty,
        Causes.of(cause).title(),
        summary,
        "",
        remedy,
        retryUseful,
        List.of(),
        null,
        List.of());
  }

  /// The same under another headline, where that of the catalogue says more than is true.
  Diagnosis titled(String headline) {
    return new Diagnosis(
        cause,
        certainty,
        headline,
        summary,
        evidence,
        remedy,
        retryUseful,
        otherCauses,
        page,
        repairs);
  }

  /// The same, said with less certainty.
  Diagnosis atMostLikely() {
    return certainty == Certainty.CERTAIN
        ? new Diagnosis(
            cause,
            Certainty.LIKELY,
            title,
            summary,
            evidence,
            remedy,
            retryUseful,
            otherCauses,
            page,
            repairs)
        : this;
  }

  /// The same, with another cause that may be behind it instead.
  Diagnosis or(String other, Certainty howSure) {
    var others = new ArrayList<>(otherCauses);
    others.add(new OtherCause(other, howSure));
    return new Diagnosis(
        cause, certainty, title, summary, evidence, remedy, retryUseful, others, page, repairs);
  }

  Diagnosis with(String seen, @Nullable Page itsPage, List<Repair> mends) {
    return new Diagnosis(
        cause, certainty, title, summary, seen, remedy, retryUseful, otherCauses, itsPage, mends);
  }
}
