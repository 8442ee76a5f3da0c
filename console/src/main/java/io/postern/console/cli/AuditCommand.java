package io.postern.console.cli;

import io.postern.console.audit.AuditLog;
import io.postern.console.audit.AuditLog.Anchor;
import io.postern.console.audit.AuditLog.Proof;
import io.postern.console.audit.CheckpointPublicKey;
import io.postern.console.audit.Checkpoints;
import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.Standalone;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
    description = "Prove that nobody changed the audit log, and export the key that proves it.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<CheckpointPublicKey> NO_KEYS = List.of();

  @Spec private @Nullable CommandSpec spec;

  /// The command with its subcommand and the settings that name the database.
  static CommandLine commandLine() {
    var line = new CommandLine(new AuditCommand());
    return SettingOptions.addToEach(line, SettingOptions.DATABASE);
  }

  @Command(
      description = {
        "Recompute the hash of every entry. Names the first that was changed, removed or added.",
        "Prints an anchor, the hash of the newest entry: kept on another machine and given with"
            + " --anchor later, it also finds a log that was written anew from end to end.",
        "Checks the signature of every hourly checkpoint, and the entries by it: a log that was"
            + " written anew, or cut before the newest checkpoint, shows without an anchor."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Option(
              names = "--anchor",
              paramLabel = "SEQUENCE:HASH",
              description = "what an earlier run printed")
          @Nullable String anchor,
      @Option(
              names = "--public-key",
              paramLabel = "FILE",
              description =
                  "what audit key printed: only signatures of these keys count, not of the database's")
          @Nullable Path publicKey,
      @Option(names = "--json", description = "for programs") boolean json) {
    var expected = anchor == null ? null : anchor(anchor);
    var given = publicKey == null ? null : keys(publicKey);
    try (var standalone = open()) {
      var checkpoints = checkpoints(standalone);
      var proof =
          standalone
              .database()
              .<Proof>read(tx -> {
                var own = checkpoints.key(tx);
                var keys = given != null ? given : own == null ? NO_KEYS : List.of(own);
                return new AuditLog().prove(tx, expected, checkpoints, keys);
              });
      return switch (proof) {
        case Proof.Whole whole -> tell(whole, json);
        case Proof.Broken broken -> tell(broken, json);
      };
    }
  }

  @Command(
      description = {
        "Print the public key of the checkpoints (PEM), with which audit verify --public-key and"
            + " other programs check their signatures.",
        "Kept elsewhere it shows a key that was put in the place of the real one."
      },
      mixinStandardHelpOptions = true)
  int key(@Option(names = "--json", description = "for programs") boolean json) {
    try (var standalone = open()) {
      var key =
          standalone.database().<@Nullable CheckpointPublicKey>read(checkpoints(standalone)::key);
      if (key == null) {
        out()
            .getErr()
            .println(
                "postern: There is no key yet, or the key file does not open it. A running server makes it with its first checkpoint, a minute after the first entry.");
        return 1;
      }
      if (json) {
        return print(Map.of("id", key.id(), "publicKey", key.pem()), 0);
      }
      out().getOut().println(key.pem().strip());
      return 0;
    }
  }

  private Standalone open() {
    return Standalone.open(SettingOptions.resolve(out().getParseResult().subcommand()));
  }

  private static Checkpoints checkpoints(Standalone instance) {
    var secrets =
        new InstanceSecrets(
            instance.database(), instance.box(), instance.random(), instance.clock());
    return new Checkpoints(instance.database(), secrets, instance.clock());
  }

  private List<CheckpointPublicKey> keys(Path file) {
    try {
      var keys = CheckpointPublicKey.ofPem(OptionFile.text("--public-key", file));
      if (keys != null) {
        return keys;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(out(), String.valueOf(e.getMessage()), e);
    }
    throw new ParameterException(
        out(),
        "--public-key takes a file with what audit key printed; %s holds none.".formatted(file));
  }

  private int tell(Proof.Whole whole, boolean json) {
    var anchor = whole.entries() + ":" + whole.hash();
    var newest = whole.newest();
    if (json) {
      var facts = facts(true, "entries", whole.entries(), "anchor", anchor);
      facts.put("checkpoints", whole.checkpoints());
      if (newest != null) {
        facts.put("newestCheckpoint", newest.at().toString());
      }
      return print(facts, 0);
    }
    out().getOut().println("The audit log is whole: %,d entries.".formatted(whole.entries()));
    if (newest != null) {
      out()
          .getOut()
          .println(
              "Signed checkpoints: %,d, the newest of %s at entry %,d by key %s."
                  .formatted(whole.checkpoints(), newest.at(), newest.sequence(), newest.keyId()));
    }
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

  private int print(Map<String, ?> facts, int status) {
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
