package io.postern.console.cli;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.AccountJson;
import io.postern.console.accounts.AccountLinks;
import io.postern.console.accounts.Link;
import io.postern.console.accounts.SystemAccounts;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Answers of `postern account`: sentences for people, one JSON object for programs.
final class AccountPrinter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintWriter out;
  private final PrintWriter errors;
  private final boolean json;

  AccountPrinter(PrintWriter out, PrintWriter errors, boolean json) {
    this.out = out;
    this.errors = errors;
    this.json = json;
  }

  int accounts(List<SystemAccounts.Entry> entries) {
    if (json) {
      var items = entries.stream().map(AccountJson::of).toList();
      out.println(JSON.writeValueAsString(Map.of("items", items)));
    } else {
      entries.forEach(entry -> out.println(line(entry)));
      out.println(entries.size() == 1 ? "1 account." : entries.size() + " accounts.");
    }
    return 0;
  }

  /// @param note for people only, before the link; empty for none
  /// @param baseUrl where the link leads, when nobody but this machine can open it; else null
  int link(AccountLinks.Outcome.Given given, String note, @Nullable String baseUrl) {
    if (json) {
      out.println(JSON.writeValueAsString(AccountJson.of(given)));
      return 0;
    }
    if (!note.isEmpty()) {
      out.println(note);
    }
    var link = given.link();
    out.println(
        "Whoever opens this link sets the password of %s. It works once, until %s."
            .formatted(given.account().email(), minutes(link.expiresAt())));
    out.println(link.url());
    if (baseUrl != null) {
      errors.println(
          "postern: the link opens on this machine only, because the base URL is %s; name another with --base-url."
              .formatted(baseUrl));
    }
    return 0;
  }

  /// @param facts for programs, in order
  int yes(Account account, Map<String, Object> facts, String sentence) {
    if (json) {
      var body = new LinkedHashMap<String, Object>();
      body.put("uid", account.uid());
      body.putAll(facts);
      out.println(JSON.writeValueAsString(body));
    } else {
      out.println(sentence);
    }
    return 0;
  }

  int no(String code, String sentence) {
    if (json) {
      var body = new LinkedHashMap<String, String>();
      body.put("code", code);
      body.put("message", sentence);
      out.println(JSON.writeValueAsString(body));
    } else {
      errors.println("postern: " + sentence);
    }
    return 1;
  }

  static String passwordSet(Account account) {
    return "The password of %s is set; its sessions and links have ended."
        .formatted(account.email());
  }

  private static String line(SystemAccounts.Entry entry) {
    var account = entry.account();
    var signedIn = account.signedInAt();
    return "%-32s  %-10s  %-7s  %s%s"
        .formatted(
            account.email(),
            account.role().name().toLowerCase(Locale.ROOT),
            account.state().name().toLowerCase(Locale.ROOT),
            signedIn == null ? "never signed in" : "signed in " + minutes(signedIn),
            link(entry));
  }

  private static String link(SystemAccounts.Entry entry) {
    var link = entry.link();
    if (link == null) {
      return entry.isStranded() ? "  (its activation link has ended)" : "";
    }
    var what = link.purpose() == Link.Purpose.ACTIVATION ? "activation" : "reset";
    return "  (%s link until %s, %s)".formatted(what, minutes(link.until()), link.letter());
  }

  private static String minutes(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES)
        .toString()
        .replace('T', ' ')
        .replaceFirst(":00Z$", " UTC");
  }
}
