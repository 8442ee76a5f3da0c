package io.postern.smtp.diagnosis;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Condition.Situation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mail provider or a family of servers: how it is recognized, what it wants, what its replies
/// mean. One data file each under `providers/`; the first stanza is the provider, then follow its
/// rules and notes.
///
/// @param id the file's name
/// @param name as people say it; empty for knowledge that is nobody's own
/// @param mailDomains the domains of its mailboxes
/// @param submissions where mail is handed in, the best first
/// @param limits what it takes where mail is handed in
/// @param username what it wants as user name, a phrase; empty when there is nothing to say
/// @param page its own page about sending
/// @param spfInclude what the SPF record of a sender includes to speak for it; empty when there is
///   no such thing
/// @param dkimSelectors the names under which it usually has its keys published
@SuppressWarnings("exports") // rules stay inside the package, their answers go out
public record Provider(
    String id,
    String name,
    Kind kind,
    Marks marks,
    List<String> mailDomains,
    List<Submission> submissions,
    Limits limits,
    String username,
    String page,
    String spfInclude,
    List<String> dkimSelectors,
    List<Note> notes,
    List<Rule> rules) {
  private static final Set<String> KEYS =
      Set.of(
          "provider",
          "name",
          "kind",
          "host",
          "banner",
          "certificate",
          "reply",
          "mail-domain",
          "submission",
          "limits",
          "username",
          "page",
          "spf",
          "dkim",
          "source",
          "date");
  private static final Set<String> NOTE_KEYS = Set.of("note", "since", "before", "source", "date");

  public Provider {
    mailDomains = List.copyOf(mailDomains);
    submissions = List.copyOf(submissions);
    dkimSelectors = List.copyOf(dkimSelectors);
    notes = List.copyOf(notes);
    rules = List.copyOf(rules);
  }

  /// What a file is about.
  public enum Kind {
    /// Keeps mailboxes: From is the account, app passwords.
    MAILBOX,
    /// Sends for others: API keys, verified senders.
    SERVICE,
    /// A mail server that anybody may run.
    SERVER,
    /// The protocol itself: asked last.
    PROTOCOL
  }

  /// How it is recognized.
  ///
  /// @param hosts names, `*.` before a domain for all below it
  /// @param banners words in the greeting
  /// @param certificates names in the certificate, as hosts
  /// @param replies words in a reply that are nobody else's
  public record Marks(
      List<String> hosts, List<Words> banners, List<String> certificates, List<Words> replies) {
    public Marks {
      hosts = List.copyOf(hosts);
      banners = List.copyOf(banners);
      certificates = List.copyOf(certificates);
      replies = List.copyOf(replies);
    }
  }

  /// A place where mail is handed in.
  public record Submission(String host, int port, Security security) {}

  /// What it takes from one account at once, and 0 for what it does not limit.
  ///
  /// @param connections open at the same time
  public record Limits(int mailsPerMinute, int connections) {
    public static final Limits NONE = new Limits(0, 0);
  }

  /// Something to know before the failure.
  ///
  /// @param since its first day, absent: always
  /// @param before the day from which it is over, absent: never
  public record Note(String text, @Nullable LocalDate since, @Nullable LocalDate before) {
    boolean holds(Instant now) {
      var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      return (since == null || !today.isBefore(since))
          && (before == null || today.isBefore(before));
    }
  }

  /// What it wants, as of a day.
  public List<String> notes(Instant now) {
    return notes.stream().filter(note -> note.holds(now)).map(Note::text).toList();
  }

  /// What it takes at a host: its limits hold where accounts hand mail in.
  public Limits limitsAt(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return submissions.stream().anyMatch(place -> place.host().equals(name)) ? limits : Limits.NONE;
  }

  /// Whether a host is one of its own.
  public boolean owns(String host) {
    return isOf(marks.hosts(), host);
  }

  /// The user name that belongs to an address here, as far as the phrase says; empty when it has to
  /// be looked up.
  public String usernameOf(Mailbox address) {
    if (username.startsWith("the word ")) {
      return username.split(" ", -1)[2];
    }
    if (username.contains("local part") || username.contains("before the @")) {
      return address.localPart();
    }
    return kind == Kind.MAILBOX ? address.toString() : "";
  }

  boolean isSeenIn(Situation situation) {
    var context = situation.context();
    var greeting = Words.fold(context.greeting());
    return owns(context.host())
        || marks.banners().stream().anyMatch(words -> words.areIn(greeting))
        || context.certificateNames().stream().anyMatch(name -> isOf(marks.certificates(), name))
        || marks.replies().stream().anyMatch(words -> words.areIn(situation.text()));
  }

  private static boolean isOf(List<String> patterns, String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .anyMatch(pattern ->
            pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern));
  }

  static Provider read(String id) {
    var stanzas = Stanza.read("providers/" + id + ".txt");
    var head = stanzas.getFirst();
    head.allow(KEYS);
    var kind = Kind.valueOf(head.one("kind").toUpperCase(Locale.ROOT));
    var rules = new ArrayList<Rule>();
    var notes = new ArrayList<Note>();
    for (var stanza : stanzas.subList(1, stanzas.size())) {
      if (stanza.all("note").isEmpty()) {
        rules.add(Rule.of(stanza, kind == Kind.SERVER || kind == Kind.PROTOCOL));
      } else {
        stanza.allow(NOTE_KEYS);
        notes.add(new Note(stanza.one("note"), day(stanza, "since"), day(stanza, "before")));
      }
    }
    return new Provider(
        head.one("provider"),
        head.one("name", ""),
        kind,
        new Marks(
            head.words("host"),
            Words.all(head.all("banner")),
            head.words("certificate"),
            Words.all(head.all("reply"))),
        head.words("mail-domain"),
        head.all("submission").stream().map(Provider::submission).toList(),
        limits(head.one("limits", "")),
        head.one("username", ""),
        head.one("page", ""),
        head.one("spf", ""),
        head.words("dkim"),
        notes,
        rules);
  }

  private static Submission submission(String line) {
    var words = line.split(" ", -1);
    return new Submission(
        words[0], Integer.parseInt(words[1]), Security.valueOf(words[2].toUpperCase(Locale.ROOT)));
  }

  /// Such as `30/minute 3 connections`.
  private static Limits limits(String line) {
    if (line.isEmpty()) {
      return Limits.NONE;
    }
    var words = line.split("/minute | connections", -1);
    return new Limits(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
  }

  private static @Nullable LocalDate day(Stanza stanza, String key) {
    var text = stanza.one(key, "");
    return text.isEmpty() ? null : LocalDate.parse(text);
  }
}
