package io.postern.smtp.diagnosis;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Products that sign certificates anew on the way, by the names that they sign with. Data, see
/// `inspectors.txt`.
final class Inspectors {
  private static final Set<String> KEYS = Set.of("inspector", "kind", "issuer", "source", "date");
  private static final List<Inspector> ALL =
      Stanza.read("inspectors.txt").stream().map(Inspectors::read).toList();

  private Inspectors() {}

  /// @param marks in lower case
  record Inspector(String name, Kind kind, List<String> marks) {
    Inspector {
      marks = List.copyOf(marks);
    }

    /// Where it stands.
    enum Kind {
      ANTIVIRUS,
      FIREWALL
    }

    String cause() {
      return switch (kind) {
        case ANTIVIRUS -> "tls-intercepted-antivirus";
        case FIREWALL -> "tls-intercepted-firewall";
      };
    }
  }

  static List<Inspector> all() {
    return ALL;
  }

  /// @return whose hand is in this chain, null when nobody's is known. Only issuers count: the
  ///   server's own name may hold any word
  static @Nullable Inspector of(List<X509Certificate> chain) {
    var issuers =
        chain.stream()
            .map(certificate ->
                certificate.getIssuerX500Principal().getName().toLowerCase(Locale.ROOT))
            .toList();
    return ALL.stream()
        .filter(inspector ->
            inspector.marks().stream()
                .anyMatch(mark -> issuers.stream().anyMatch(issuer -> issuer.contains(mark))))
        .findFirst()
        .orElse(null);
  }

  private static Inspector read(Stanza stanza) {
    stanza.allow(KEYS);
    stanza.one("source");
    stanza.one("date");
    return new Inspector(
        stanza.one("inspector"),
        Inspector.Kind.valueOf(stanza.one("kind").toUpperCase(Locale.ROOT)),
        stanza.all("issuer"));
  }
}
