package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Observation.Sibling;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// No STARTTLS: the server has none, a firewall masked it, or a proxy answers in its place.
final class Masquerades {
  /// Below, two lists are not those of one program that was set up twice.
  private static final double ALIKE_MIN = 0.6;

  /// What differs between the ports of one server by its very nature.
  private static final Set<String> BY_PORT = Set.of("STARTTLS", "AUTH", "AUTH=LOGIN", "SIZE");

  private Masquerades() {}

  static Diagnosis noStartTls(DiagnosisContext context) {
    if (Greetings.isMasked(context)) {
      return Told.certain("smtp-inspection-firewall", context, masked(context));
    }
    if (context.isThisMachine()) {
      return Told.likely("starttls-not-offered", context, elsewhere(context));
    }
    var other =
        context.evidence().all(Sibling.class).filter(each -> isAnother(each, context)).findFirst();
    if (other.isPresent()) {
      return Told.likely(
              "smtp-intercepted",
              context,
              "Port %d of the same server offers another list: %s."
                  .formatted(other.get().port(), String.join(", ", other.get().keywords())))
          .or("starttls-not-offered", Certainty.GUESS);
    }
    var provider = Rulebook.ofHost(context.host());
    if (provider != null && promises(provider, context)) {
      return Told.likely(
              "smtp-intercepted",
              context,
              "%s offers STARTTLS on this port to everybody.".formatted(provider.name()))
          .or("starttls-not-offered", Certainty.GUESS);
    }
    var name = anotherName(context);
    if (!name.isEmpty()) {
      return Told.guess(
              "smtp-intercepted",
              context,
              "The greeting names %s, the reply to EHLO %s."
                  .formatted(firstWord(context.greeting()), name))
          .or("starttls-not-offered", Certainty.LIKELY);
    }
    return Told.likely("starttls-not-offered", context, elsewhere(context))
        .or("smtp-intercepted", Certainty.GUESS);
  }

  /// Whether the very port was asked in the clear and offers no STARTTLS.
  static boolean isWithoutTls(DiagnosisContext context) {
    return context
        .evidence()
        .all(Sibling.class)
        .filter(each -> each.port() == context.port() && !each.tls())
        .anyMatch(each -> !each.keywords().isEmpty() && !each.keywords().contains("STARTTLS"));
  }

  /// The name in the reply to EHLO where it belongs to another owner than the one in the greeting,
  /// which is the right one; empty otherwise. A proxy that passes the greeting on answers EHLO
  /// itself.
  private static String anotherName(DiagnosisContext context) {
    var answers = context.evidence().first(Observation.AnswersAs.class);
    var name = answers == null ? "" : answers.name().toLowerCase(Locale.ROOT);
    var greeted = owner(firstWord(context.greeting()));
    return name.indexOf('.') > 0
            && greeted.equals(owner(context.host()))
            && !greeted.equals(owner(name))
        ? name
        : "";
  }

  /// The last two labels: enough to see whether two names have the same owner.
  private static String owner(String name) {
    var dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    return name.substring(dot + 1);
  }

  /// Where the same server does have it.
  private static String elsewhere(DiagnosisContext context) {
    return context
        .evidence()
        .all(Sibling.class)
        .filter(each -> each.tls() || each.keywords().contains("STARTTLS"))
        .findFirst()
        .map(each -> "Port %d of the same server is protected.".formatted(each.port()))
        .orElse("");
  }

  private static String masked(DiagnosisContext context) {
    return context.keywords().stream()
        .filter(word -> word.startsWith("XXXX") || word.startsWith("****"))
        .findFirst()
        .map(word -> "%s stands where STARTTLS belongs.".formatted(word))
        .orElse("The greeting is written over with asterisks.");
  }

  private static boolean promises(Provider provider, DiagnosisContext context) {
    return provider.submissions().stream()
        .anyMatch(place -> place.port() == context.port() && place.security() == Security.STARTTLS);
  }

  /// Whether another port of the same server is served by another program, under the same name.
  private static boolean isAnother(Sibling sibling, DiagnosisContext context) {
    var protectedThere = sibling.tls() || sibling.keywords().contains("STARTTLS");
    return protectedThere
        && firstWord(sibling.greeting()).equals(firstWord(context.greeting()))
        && alike(sibling.keywords(), context.keywords()) < ALIKE_MIN;
  }

  private static double alike(List<String> one, List<String> other) {
    var all = new HashSet<>(one);
    all.addAll(other);
    all.removeAll(BY_PORT);
    var both = new HashSet<>(one);
    both.retainAll(other);
    both.removeAll(BY_PORT);
    return all.isEmpty() ? 1 : (double) both.size() / all.size();
  }

  private static String firstWord(String greeting) {
    return greeting.strip().split(" ", 2)[0].toLowerCase(Locale.ROOT);
  }

  /// Who is told to sign in at the door for incoming mail; null where the host is no such door.
  static @Nullable Diagnosis incoming(DiagnosisContext context) {
    var domain = context.evidence().exchangerOf(context.host());
    return domain.isEmpty()
        ? null
        : Told.likely(
                "wrong-host-mx-instead-of-submission",
                context,
                "Mail for %s comes in there.".formatted(domain))
            .or("auth-not-offered", Certainty.GUESS);
  }
}
