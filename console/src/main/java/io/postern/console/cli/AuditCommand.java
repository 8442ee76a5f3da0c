package io.postern.console.cli;

import io.postern.console.audit.AuditLog;
import io.postern.console.audit.AuditLog.Anchor;
import io.postern.console.audit.AuditLog.Proof;
import io.postern.console.platform.Standalone;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `postern audit …`: proves the audit log, beside a running server or without one.
@Command(
    name = "audit",
    description = "Prove that nobody changed the audit log.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private @Nullable CommandSpec spec;

  /// The command with its subcommand and the settings that name the database.
  static CommandLine commandLine() {
    var line = new CommandLine(new AuditCommand());
    line.getSubcommands().values().forEach(sub -> SettingOptions.addTo(sub.getCommandSpec()));
    return line;
  }

  @Command(
      description = {
        "Recompute the hash of every entry. Names the first that was changed, removed or added.",
        "Prints an anchor, the hash of the newest entry: kept on another machine and given with"
            + " --anchor later, it also finds a log that was written anew from end to end."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Option(
              names = "--anchor",
              paramLabel = "SEQUENCE:HASH",
              description = "what an earlier run printed")
          @Nullable String anchor,
      @Option(names = "--json", description = "for programs") boolean json) {
    var expected = anchor == null ? null : anchor(anchor);
    try (var standalone =
        Standalone.open(SettingOptions.resolve(out().getParseResult().subcommand()))) {
      var proof = standalone.database().read(tx -> new AuditLog().prove(tx, expected));
      return switch (proof) {
        case Proof.Whole whole -> tell(whole, json);
        case Proof.Broken broken -> tell(broken, json);
      };
    }
  }

  private int tell(Proof.Whole whole, boolean json) {
    var anchor = whole.entries() + ":" + whole.hash();
    if (json) {
      return print(facts(true, "entries", whole.entries(), "anchor", anchor), 0);
    }
    out().getOut().println("The audit log is whole: %,d entries.".formatted(whole.entries()));
    if (whole.entries() > 0) {
      out().getOut().println("anchor " + anchor);
    }
    return 0;
  }

  private int tell(Proof.Broken broken, boolean json) {
    if (json) {
      var facts = facts(false, "sequence", broken.sequence(), "message", broken.sentence());
      facts.put("fault", broken.fault().name().toLowerCase(Locale.ROOT));
      return print(facts, 1);
    }
    out()
        .getErr()
        .println(
            "postern: The audit log is not what was written. %s Entries before it are whole."
                .formatted(broken.sentence()));
    out()
        .getErr()
        .println(
            "postern: Keep the database as it is, compare it with a backup, and ask who can write to it.");
    return 1;
  }

  private static Map<String, Object> facts(
      boolean whole, String name, Object value, String other, Object otherValue) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("whole", whole);
    facts.put(name, value);
    facts.put(other, otherValue);
    return facts;
  }

  private int print(Map<String, Object> facts, int status) {
    out().getOut().println(JSON.writeValueAsString(facts));
    return status;
  }

  private Anchor anchor(String text) {
    if (!text.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
      throw new ParameterException(
          out(), "--anchor takes SEQUENCE:HASH, as an earlier audit verify printed it.");
    }
    var colon = text.indexOf(':');
    return new Anchor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }

  private CommandLine out() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
