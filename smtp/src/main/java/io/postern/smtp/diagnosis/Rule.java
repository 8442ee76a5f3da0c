package io.postern.smtp.diagnosis;

import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Condition.Situation;
import io.postern.smtp.diagnosis.Diagnosis.OtherCause;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that is true of a provider, a server or the protocol: a reply of this shape, at this
/// stage, under these conditions, has this cause. A line of a data file; the order in the file is
/// the order in which rules are asked.
///
/// @param stages where the reply stands; empty: anywhere
/// @param commands the commands that it answers, such as `AUTH` or `final dot`; empty: any
/// @param anywhere whether the rule holds although its provider was not recognized: the words are
///   nobody else's
/// @param retry whether the same attempt may succeed later, absent: as the cause says
/// @param steps what to do, empty: as the cause says
/// @param source where the provider, the server's source or the RFC says so
/// @param cases replies that must lead here; the build asks for each
record Rule(
    String where,
    Set<Stage> stages,
    List<String> commands,
    ReplyPattern pattern,
    List<Condition> conditions,
    boolean anywhere,
    String cause,
    Certainty certainty,
    @Nullable Boolean retry,
    List<String> steps,
    List<OtherCause> others,
    String source,
    LocalDate date,
    List<String> cases) {

  private static final Set<String> KEYS =
      Set.of(
          "rule",
          "stage",
          "command",
          "code",
          "enhanced",
          "text",
          "!text",
          "anywhere",
          "certainty",
          "retry",
          "step",
          "other",
          "source",
          "date",
          "case");

  /// @param always whether the rules of this file hold for servers that were not recognized
  static Rule of(Stanza stanza, boolean always) {
    var known = new HashSet<>(KEYS);
    known.addAll(Condition.KEYS);
    stanza.allow(known);
    Causes.of(stanza.one("rule"));
    var retry = stanza.one("retry", "");
    return new Rule(
        stanza.where(),
        stages(stanza),
        stanza.all("command"),
        ReplyPattern.of(stanza),
        Condition.of(stanza),
        Causes.yes(stanza, stanza.one("anywhere", always ? "yes" : "no")),
        stanza.one("rule"),
        certainty(stanza.one("certainty")),
        retry.isEmpty() ? null : Causes.yes(stanza, retry),
        stanza.all("step"),
        others(stanza),
        stanza.one("source"),
        LocalDate.parse(stanza.one("date")),
        stanza.all("case"));
  }

  boolean matches(Situation situation) {
    return (stages.isEmpty() || stages.contains(situation.stage()))
        && (commands.isEmpty() || commands.stream().anyMatch(situation.command()::startsWith))
        && pattern.matches(situation.reply())
        && conditions.stream().allMatch(condition -> condition.holds(situation));
  }

  /// How sure the rule may be: words alone are never more than likely, and nothing is certain about
  /// a server that was not recognized.
  Certainty certainty(boolean recognized) {
    return certainty == Certainty.CERTAIN && !(recognized && pattern.isStructural())
        ? Certainty.LIKELY
        : certainty;
  }

  private static Set<Stage> stages(Stanza stanza) {
    var stages = EnumSet.noneOf(Stage.class);
    for (var word : stanza.words("stage")) {
      stages.add(Stage.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return stages;
  }

  private static List<OtherCause> others(Stanza stanza) {
    var others = new ArrayList<OtherCause>();
    for (var line : stanza.all("other")) {
      var words = line.split(" ", -1);
      others.add(new OtherCause(Causes.of(words[0]).slug(), certainty(words[1])));
    }
    return List.copyOf(others);
  }

  private static Certainty certainty(String word) {
    return Certainty.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
