package io.postern.smtp.diagnosis;

import io.postern.smtp.Security;
import io.postern.smtp.ServerAddress;
import io.postern.smtp.diagnosis.Repair.Field;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which change of the settings mends a cause.
final class Repairs {
  /// Two slips of the fingers; more would be another name.
  private static final int SLIPS_MAX = 2;

  private Repairs() {}

  static List<Repair> of(String cause, DiagnosisContext context) {
    return switch (cause) {
      case "host-not-found" -> misspelt(context);
      case "host-has-scheme", "host-has-port" -> parts(context);
      case "host-no-address-record",
          "host-is-email-address",
          "wrong-host-mx-instead-of-submission",
          "auth-not-offered",
          "direct-to-mx-not-allowed" ->
          provided(context);
      case "implicit-tls-on-starttls-port" ->
          Masquerades.isWithoutTls(context)
              ? List.of()
              : List.of(security("Use STARTTLS", Security.STARTTLS));
      case "starttls-required", "auth-before-tls-required" ->
          List.of(security("Use STARTTLS", Security.STARTTLS));
      case "plaintext-on-implicit-tls-port" ->
          List.of(security("Use TLS from the start", Security.TLS));
      case "port-blocked-egress", "connection-refused-wrong-port" -> openPort(context);
      case "starttls-not-offered" -> implicitTls(context);
      case "sender-not-owned" -> ownSender(context);
      case "username-must-be-full-address" -> wholeAddress(context);
      case "username-must-be-literal-apikey" -> List.of(username("apikey"));
      case "username-must-be-literal-resend" -> List.of(username("resend"));
      case "username-must-be-literal-smtp-injection" -> List.of(username("SMTP_Injection"));
      case "ehlo-name-rejected" -> ehlo(context);
      case "auth-bad-credentials" -> otherForm(context);
      default -> List.of();
    };
  }

  /// What stands in Outgoing Server, put into the fields it belongs to.
  private static List<Repair> parts(DiagnosisContext context) {
    var parts = ServerAddress.read(context.host());
    if (parts == null) {
      return List.of();
    }
    var changes = new EnumMap<Field, String>(Field.class);
    changes.put(Field.HOST, parts.host());
    if (!parts.port().isEmpty()) {
      changes.put(Field.PORT, parts.port());
    }
    var security = parts.security();
    if (security != null) {
      changes.put(Field.SECURITY, security.word());
    }
    var port = parts.port().isEmpty() ? "" : ", port " + parts.port();
    return List.of(new Repair("Use " + parts.host() + port, changes));
  }

  /// The name of a provider that the typed one was probably meant to be.
  static @Nullable String meant(String host) {
    return Rulebook.providers().stream()
        .flatMap(provider -> provider.submissions().stream())
        .map(Provider.Submission::host)
        .distinct()
        .filter(known -> !known.equals(host) && slips(known, host) <= SLIPS_MAX)
        .min(Comparator.comparingInt(known -> slips(known, host)))
        .orElse(null);
  }

  /// A port of the same server that was seen to open.
  private static List<Repair> openPort(DiagnosisContext context) {
    return Reach.of(context).openMail().stream()
        .filter(port -> port != 25 && port != context.port())
        .limit(1)
        .map(Repairs::port)
        .toList();
  }

  /// Port 465, unless it is what was tried or was seen shut.
  private static List<Repair> implicitTls(DiagnosisContext context) {
    var tried = context.port() == 465 || context.port() == 587;
    return tried || Reach.of(context).isShut(465) ? List.of() : List.of(port(465));
  }

  private static List<Repair> misspelt(DiagnosisContext context) {
    var meant = meant(context.host());
    return meant == null
        ? provided(context)
        : List.of(new Repair("Use " + meant, Map.of(Field.HOST, meant)));
  }

  /// Where the provider of the user's or the sender's mailbox takes mail.
  private static List<Repair> provided(DiagnosisContext context) {
    var provider = Rulebook.ofMailDomain(Blanks.domain(context.username()));
    if (provider == null) {
      provider = Rulebook.ofMailDomain(Blanks.domain(context.from()));
    }
    if (provider == null || provider.submissions().isEmpty()) {
      return List.of();
    }
    var place = provider.submissions().getFirst();
    return place.host().equals(context.host()) && place.port() == context.port()
        ? List.of()
        : List.of(
            new Repair(
                "Use %s, port %d".formatted(place.host(), place.port()),
                Map.of(
                    Field.HOST, place.host(),
                    Field.PORT, String.valueOf(place.port()),
                    Field.SECURITY, place.security().word())));
  }

  /// The sign-in address as sender; replies still reach the one that was meant.
  private static List<Repair> ownSender(DiagnosisContext context) {
    var user = context.username();
    return !user.contains("@") || user.equalsIgnoreCase(context.from())
        ? List.of()
        : List.of(
            new Repair(
                "Send from " + user + ", replies to " + context.from(),
                Map.of(Field.FROM, user, Field.REPLY_TO, context.from())));
  }

  private static List<Repair> wholeAddress(DiagnosisContext context) {
    var user = context.username();
    if (user.isEmpty() || user.contains("@") || !context.from().contains("@")) {
      return List.of();
    }
    return List.of(username(user + "@" + Blanks.domain(context.from())));
  }

  static Repair withoutPin() {
    return new Repair("Use the strongest offered", Map.of(Field.MECHANISM, ""));
  }

  /// A server that nobody knows may want the other form of the user name: offered, never tried
  /// unasked (R-246).
  private static List<Repair> otherForm(DiagnosisContext context) {
    var user = context.username();
    if (Rulebook.ofHost(context.host()) != null || user.indexOf('\\') >= 0) {
      return List.of();
    }
    var at = user.lastIndexOf('@');
    return at > 0 ? List.of(username(user.substring(0, at))) : wholeAddress(context);
  }

  private static List<Repair> ehlo(DiagnosisContext context) {
    var domain = Blanks.domain(context.from());
    return domain.isEmpty() || domain.equals(context.ehlo())
        ? List.of()
        : List.of(new Repair("Say EHLO " + domain, Map.of(Field.EHLO, domain)));
  }

  private static Repair username(String name) {
    return new Repair("Sign in as " + name, Map.of(Field.USERNAME, name));
  }

  private static Repair security(String label, Security security) {
    return new Repair(label, Map.of(Field.SECURITY, security.word()));
  }

  /// A port with the protection that belongs to it.
  static Repair port(int port) {
    var security = Security.ofPort(port);
    var label =
        "Use port %d with %s"
            .formatted(port, security == Security.TLS ? "TLS from the start" : "STARTTLS");
    return new Repair(
        label, Map.of(Field.PORT, String.valueOf(port), Field.SECURITY, security.word()));
  }

  /// Slips between two names: a letter too many, missing, wrong, or two letters swapped (optimal
  /// string alignment). Host names have at most 253 characters.
  static int slips(String one, String other) {
    var table = new int[one.length() + 1][other.length() + 1];
    for (var i = 0; i <= one.length(); i++) {
      for (var j = 0; j <= other.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cheapest(one, other, table, i, j);
      }
    }
    return table[one.length()][other.length()];
  }

  private static int cheapest(String one, String other, int[][] table, int i, int j) {
    var same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    var least = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1);
    least = Math.min(least, table[i - 1][j - 1] + same);
    var swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
  }
}
