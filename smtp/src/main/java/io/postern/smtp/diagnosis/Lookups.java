package io.postern.smtp.diagnosis;

import io.postern.smtp.diagnosis.Observation.Domain;
import io.postern.smtp.diagnosis.Observation.Domain.Role;
import java.util.List;

/// Why the server's name led to no address.
final class Lookups {
  /// Domains that public DNS does not have: RFC 6762 section 3 and appendix G, RFC 8375, ICANN's
  /// resolution 2024.07.29.06 for `.internal` and its list of names that collide.
  private static final List<String> INTERNAL =
      List.of(
          ".local",
          ".internal",
          ".lan",
          ".corp",
          ".home",
          ".home.arpa",
          ".intranet",
          ".intra",
          ".private",
          ".localdomain");

  private Lookups() {}

  static Diagnosis notFound(Finding.NameNotFound missing, DiagnosisContext context) {
    var host = missing.host();
    if (names(context) == Names.NONE) {
      return noNames(
              Certainty.LIKELY,
              context,
              "The answer is that there is no such name, and well-known names do not resolve either.")
          .or("split-horizon-dns", Certainty.GUESS);
    }
    if (host.indexOf('.') < 0) {
      return Told.likely("host-single-label", context, "").or("host-not-found", Certainty.GUESS);
    }
    if (isInternal(host)) {
      var top = host.substring(host.lastIndexOf('.'));
      return Told.likely("split-horizon-dns", context, "Public DNS has no names under " + top + ".")
          .or("host-not-found", Certainty.LIKELY);
    }
    return misspelt(context);
  }

  /// A name under an existing domain may be known elsewhere; a slip in a provider's name is a slip.
  private static Diagnosis misspelt(DiagnosisContext context) {
    var meant = Repairs.meant(context.host());
    if (meant != null) {
      return Told.certain("host-not-found", context, "Probably " + meant + " was meant.");
    }
    var parent =
        context.evidence().all(Domain.class).anyMatch(domain -> exists(domain, Role.PARENT));
    return names(context) == Names.SOME && !parent
        ? Told.certain("host-not-found", context, "")
        : Told.likely("host-not-found", context, "").or("split-horizon-dns", Certainty.GUESS);
  }

  static Diagnosis noAddress(Finding.NoAddress missing, DiagnosisContext context) {
    if (missing.host().indexOf('.') < 0) {
      return Told.likely("host-single-label", context, "");
    }
    var exchangers =
        context
            .evidence()
            .all(Domain.class)
            .filter(domain -> domain.role() == Role.HOST)
            .flatMap(domain -> domain.exchangers().stream())
            .limit(3)
            .toList();
    return Told.certain(
        "host-no-address-record",
        context,
        exchangers.isEmpty()
            ? ""
            : "Mail to this domain goes to %s, which is where mail comes in."
                .formatted(String.join(", ", exchangers)));
  }

  static Diagnosis noResolver(DiagnosisContext context) {
    return switch (names(context)) {
      case SOME ->
          Told.likely("dns-servfail", context, "Other names are answered; for this one nobody is.");
      case NONE, UNKNOWN -> noNames(Certainty.CERTAIN, context, "");
    };
  }

  /// Records that are wrong are wrong for everybody; what else is no answer may be the fault of the
  /// server that was asked.
  static Diagnosis unusable(Finding.AnswerUnusable unusable, DiagnosisContext context) {
    if (unusable.ofZone()) {
      return astray(unusable);
    }
    return switch (names(context)) {
      case SOME ->
          Told.likely("dns-servfail", context, unusable.sentence() + " Other names resolve.")
              .or("dns-resolver-unreachable", Certainty.GUESS);
      case UNKNOWN ->
          Told.likely("dns-servfail", context, unusable.sentence())
              .or("dns-resolver-unreachable", Certainty.GUESS);
      case NONE ->
          noNames(
                  Certainty.LIKELY,
                  context,
                  unusable.sentence() + " Well-known names do not resolve either.")
              .or("dns-servfail", Certainty.GUESS);
    };
  }

  private static Diagnosis astray(Finding.AnswerUnusable unusable) {
    return Diagnoser.likely(
            "dns-servfail",
            unusable.sentence(),
            false,
            "Check the spelling in Outgoing Server, and compare it with the provider's instructions.",
            "Tell whoever runs the domain of %s: its CNAME records must end at a name with an address."
                .formatted(unusable.host()),
            "Validate again once they do.")
        .titled("The server name is an alias that leads nowhere");
  }

  /// Not this name is at fault but the DNS that was asked: the machine's own, or the one server
  /// that was named for this check.
  private static Diagnosis noNames(Certainty certainty, DiagnosisContext context, String fact) {
    var named = context.evidence().first(Observation.NamedServer.class);
    if (named == null) {
      return Told.told("dns-resolver-unreachable", certainty, context, fact);
    }
    var summary =
        "The DNS server %s, which this check was told to ask, resolves no name at all; %s may well be right. %s"
            .formatted(named.address(), context.host(), fact);
    return Diagnosis.of(
            "dns-resolver-unreachable",
            certainty,
            summary.strip(),
            true,
            List.of(
                "Check that a DNS server listens at %s and serves this machine."
                    .formatted(named.address()),
                "Check that a firewall lets this machine reach it there, UDP and TCP.",
                "Or leave it out (--resolver): the DNS servers of this machine are asked then."))
        .titled("The DNS server that was named resolves nothing");
  }

  static Diagnosis zoneFails(Finding.ZoneFails fails, DiagnosisContext context) {
    var answer = "The answer is " + fails.code() + ".";
    return switch (names(context)) {
      case SOME -> Told.likely("dns-servfail", context, answer + " Other names resolve.");
      case UNKNOWN ->
          Told.likely("dns-servfail", context, answer)
              .or("dns-resolver-unreachable", Certainty.GUESS);
      case NONE ->
          noNames(Certainty.LIKELY, context, answer + " Well-known names do not resolve either.")
              .or("dns-servfail", Certainty.GUESS);
    };
  }

  /// The name leads astray; null when nothing says so. Asked wherever a session reached a machine
  /// that may be the wrong one.
  static @org.jspecify.annotations.Nullable Diagnosis astray(DiagnosisContext context) {
    var evidence = context.evidence();
    if (evidence.hijacked()) {
      return Told.certain(
          "dns-hijacked",
          context,
          "A made-up name leads to the same address, %s."
              .formatted(String.join(", ", evidence.addresses())));
    }
    var local = evidence.first(Observation.LocalName.class);
    return local != null
            && !local.served().isEmpty()
            && local.local().stream().noneMatch(local.served()::contains)
        ? Told.likely(
            "dns-local-override",
            context,
            "Here it is %s, the name servers say %s."
                .formatted(String.join(", ", local.local()), String.join(", ", local.served())))
        : null;
  }

  /// Whether other names resolve.
  private enum Names {
    SOME,
    NONE,
    UNKNOWN
  }

  private static Names names(DiagnosisContext context) {
    var known = context.evidence().all(Observation.KnownNames.class).toList();
    if (known.isEmpty()) {
      return Names.UNKNOWN;
    }
    return known.stream().anyMatch(seen -> seen.found() > 0) ? Names.SOME : Names.NONE;
  }

  private static boolean isInternal(String host) {
    return INTERNAL.stream().anyMatch(host::endsWith);
  }

  private static boolean exists(Domain domain, Role role) {
    return domain.role() == role
        && (domain.state() == Domain.State.EXISTS || domain.state() == Domain.State.NULL_MX);
  }
}
