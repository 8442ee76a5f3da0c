package io.postern.console.cli;

import io.postern.console.outbox.Desk;
import io.postern.console.outbox.MailJson;
import io.postern.console.outbox.MailState;
import io.postern.console.outbox.Mails;
import io.postern.console.outbox.QueuedMail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `postern outbox …`: what waits and what became of it, when nobody can sign in or wants to. Works
/// beside a running server, which then does the sending, or without one.
@Command(
    name = "outbox",
    description = "Look into the outbox, retry and cancel mail, pause and resume sending.",
    mixinStandardHelpOptions = true)
final class OutboxCommand {
  private static final int LIMIT_MAX = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private @Nullable CommandSpec spec;

  /// The command with its subcommands, each with the settings that name the database.
  static CommandLine commandLine() {
    var line = new CommandLine(new OutboxCommand());
    return SettingOptions.addToEach(line, SettingOptions.DATABASE);
  }

  @Command(description = "List mail, newest first.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--state", description = "only this state, such as retry-wait")
          @Nullable String state,
      @Option(
              names = "--text",
              description = "only mail whose recipient or subject holds this",
              defaultValue = "")
          String text,
      @Option(names = "--limit", description = "at most so many, 1 to 200", defaultValue = "50")
          int limit,
      @Option(names = "--json", description = "for programs") boolean json) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw usage("--limit takes a number from 1 to 200.");
    }
    var filter = new Mails.Filter(state == null ? null : state(state), text, 0, limit);
    try (var desk = desk()) {
      var page = desk.mails().list(filter);
      if (json) {
        print(
            JSON.writeValueAsString(
                Map.of(
                    "items",
                    page.mails().stream().map(MailJson::of).toList(),
                    "total",
                    page.total())));
      } else {
        page.mails().forEach(mail -> print(MailPrinter.line(mail)));
        print("%d of %d.".formatted(page.mails().size(), page.total()));
      }
      return 0;
    }
  }

  @Command(description = "Show one mail with its tries.", mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "UID") String uid,
      @Option(names = "--json", description = "for programs") boolean json) {
    try (var desk = desk()) {
      var mail = desk.mails().find(uid);
      if (mail == null) {
        return no(
            json,
            "no-such-mail",
            "There is no mail " + uid + ". ./postern outbox list shows the newest.");
      }
      var attempts = desk.mails().attempts(uid);
      if (json) {
        print(JSON.writeValueAsString(MailJson.of(mail, attempts)));
      } else {
        new MailPrinter(out().getOut()).print(mail, attempts);
      }
      return 0;
    }
  }

  @Command(
      description = "Send one mail now, or with --all everything that waits for the relay.",
      mixinStandardHelpOptions = true)
  int retry(
      @Parameters(paramLabel = "UID", arity = "0..1") @Nullable String uid,
      @Option(names = "--all", description = "all waiting mail") boolean all,
      @Option(names = "--json", description = "for programs") boolean json) {
    if (all == (uid != null)) {
      throw usage("Name one UID, or give --all.");
    }
    try (var desk = desk()) {
      if (uid == null) {
        var released = desk.outbox().sendAllWaiting(desk.actor());
        return due(
            json,
            desk,
            Map.of("released", released),
            released == 1 ? "1 mail is due now." : released + " mails are due now.");
      }
      return desk.outbox().retryNow(desk.actor(), uid)
          ? due(json, desk, Map.of("uid", uid), "The mail is due now.")
          : no(json, "not-retried", "Nothing was done: " + standing(desk, uid));
    }
  }

  @Command(description = "Cancel one waiting mail.", mixinStandardHelpOptions = true)
  int cancel(
      @Parameters(paramLabel = "UID") String uid,
      @Option(names = "--json", description = "for programs") boolean json) {
    try (var desk = desk()) {
      return desk.outbox().cancel(desk.actor(), uid)
          ? yes(json, Map.of("uid", uid), "The mail is cancelled and will not be sent.")
          : no(json, "not-cancelled", "Nothing was done: " + standing(desk, uid));
    }
  }

  @Command(
      description = "Stop sending; new mail is taken and waits.",
      mixinStandardHelpOptions = true)
  int pause(@Option(names = "--json", description = "for programs") boolean json) {
    return pause(true, json, "Sending is paused.");
  }

  @Command(description = "Send again after a pause.", mixinStandardHelpOptions = true)
  int resume(@Option(names = "--json", description = "for programs") boolean json) {
    return pause(false, json, "Sending goes on.");
  }

  private int pause(boolean paused, boolean json, String sentence) {
    try (var desk = desk()) {
      desk.outbox().pause(desk.actor(), paused);
      return yes(json, Map.of("paused", paused), sentence);
    }
  }

  private MailState state(String word) {
    List<String> words = new ArrayList<>();
    for (var each : MailState.values()) {
      if (each.word().equals(word)) {
        return each;
      }
      words.add(each.word());
    }
    throw usage("--state takes one of " + String.join(", ", words) + ".");
  }

  private static String standing(Desk desk, String uid) {
    QueuedMail mail = desk.mails().find(uid);
    return mail == null
        ? "there is no mail " + uid + "."
        : "the mail is %s (%s).".formatted(mail.state().word(), mail.state().meaning());
  }

  /// Due is not sent: whether sending is paused belongs to the answer.
  private int due(boolean json, Desk desk, Map<String, Object> facts, String sentence) {
    var paused = desk.mails().health().paused();
    var all = new LinkedHashMap<>(facts);
    all.put("paused", paused);
    return yes(
        json,
        all,
        paused ? sentence + " Sending is paused: ./postern outbox resume lets it go." : sentence);
  }

  private int yes(boolean json, Map<String, ?> facts, String sentence) {
    print(json ? JSON.writeValueAsString(facts) : sentence);
    return 0;
  }

  private int no(boolean json, String code, String sentence) {
    if (json) {
      var body = new LinkedHashMap<String, String>();
      body.put("code", code);
      body.put("message", sentence);
      print(JSON.writeValueAsString(body));
    } else {
      out().getErr().println("postern: " + sentence);
    }
    return 1;
  }

  private Desk desk() {
    return Desk.open(SettingOptions.resolve(out().getParseResult().subcommand()));
  }

  private CommandLine out() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private void print(String line) {
    out().getOut().println(line);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(out(), sentence);
  }
}
