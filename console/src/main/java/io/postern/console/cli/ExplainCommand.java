package io.postern.console.cli;

import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Explanation;
import io.postern.smtp.diagnosis.PastedReply;
import io.postern.smtp.diagnosis.Provider;
import io.postern.smtp.diagnosis.Rulebook;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `postern explain REPLY`: what a reply found in a log or a bounce means. Exit status: 0
/// explained, 2 there is no reply in the text.
@Command(
    name = "explain",
    description = "Explain a reply of a mail server that you paste.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final List<Stage> STAGES =
      List.of(
          Stage.BANNER,
          Stage.EHLO,
          Stage.STARTTLS,
          Stage.AUTH,
          Stage.MAIL_FROM,
          Stage.RCPT_TO,
          Stage.DATA);
  private static final String NO_FAILURE = "This reply reports no failure";
  private static final int INTERMEDIATE_FROM = 300;
  private static final int FAILURES_FROM = 400;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "REPLY",
      description = "the server's words, such as '535 5.7.139 Authentication unsuccessful'")
  private List<String> words = List.of();

  @Option(
      names = "--stage",
      description = "what it answered: banner ehlo starttls auth mail_from rcpt_to data")
  private @Nullable String stage;

  @Option(
      names = "--provider",
      paramLabel = "NAME|HOST",
      description = "whose reply it is, such as gmail or smtp.gmail.com")
  private @Nullable String provider;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() {
    try {
      var reply = PastedReply.parse(String.join(" ", words));
      if (reply.code() < FAILURES_FROM) {
        return agreed(reply);
      }
      var explanation = Explanation.of(reply, stage(), provider(), Clock.systemUTC().instant());
      var out = command().commandLine().getOut();
      if (json) {
        out.println(JSON.writeValueAsString(tree(explanation)));
      } else {
        printer(out).explained(explanation);
      }
      out.flush();
      return 0;
    } catch (MalformedValueException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /// Replies that report no failure have no cause (RFC 5321 section 4.2.1).
  private int agreed(Reply reply) {
    var out = command().commandLine().getOut();
    var summary =
        reply.code() < INTERMEDIATE_FROM
            ? "%d says yes: what it answers was done.".formatted(reply.code())
            : "%d says to go on: the server waits for what comes next.".formatted(reply.code());
    if (json) {
      var tree = new LinkedHashMap<String, @Nullable Object>();
      tree.put("cause", null);
      tree.put("title", NO_FAILURE);
      tree.put("summary", summary);
      out.println(JSON.writeValueAsString(tree));
    } else {
      printer(out).agreed(NO_FAILURE, summary);
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> tree(Explanation explanation) {
    var diagnosis = explanation.diagnosis();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("stage", explanation.stage().word());
    tree.put("stageKnown", explanation.stageKnown());
    tree.put("cause", diagnosis.cause());
    tree.put("certainty", diagnosis.certainty().word());
    tree.put("title", diagnosis.headline());
    tree.put("summary", diagnosis.summary());
    tree.put("remedy", diagnosis.remedy());
    tree.put("retryUseful", diagnosis.retryUseful());
    tree.put("otherCauses", diagnosis.otherCauses().stream().map(o -> o.cause()).toList());
    return tree;
  }

  private @Nullable Stage stage() {
    var word = stage;
    if (word == null) {
      return null;
    }
    return STAGES.stream()
        .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT).replace('-', '_')))
        .findFirst()
        .orElseThrow(() ->
            usage(
                "--stage takes "
                    + STAGES.stream().map(Stage::word).collect(Collectors.joining(", "))
                    + "."));
  }

  private @Nullable Provider provider() {
    var name = provider;
    if (name == null) {
      return null;
    }
    var byHost = Rulebook.ofHost(name.toLowerCase(Locale.ROOT));
    return byHost != null
        ? byHost
        : Rulebook.providers().stream()
            .filter(each -> each.id().equalsIgnoreCase(name) || each.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> usage("--provider takes a host or one of: " + known() + "."));
  }

  private static String known() {
    return Rulebook.providers().stream()
        .map(Provider::id)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static ExplanationPrinter printer(PrintWriter out) {
    return new ExplanationPrinter(out, Paper.of(System.getenv(), true));
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(command().commandLine(), sentence);
  }
}
