package io.postern.console.cli;

import io.postern.console.accounts.Link;
import io.postern.console.audit.Audit;
import io.postern.console.outbox.Desk;
import io.postern.console.platform.KeyChange;
import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.Standalone;
import io.postern.console.platform.web.Actor;
import io.postern.console.settings.RelaySettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `postern key …`: changes the instance key, beside a running server or without one.
@Command(
    name = "key",
    description = "Change the key that seals passwords, links and letters in the database.",
    mixinStandardHelpOptions = true)
final class KeyCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private @Nullable CommandSpec spec;

  /// The command with its subcommands, each with the settings that name database and key file.
  static CommandLine commandLine() {
    var line = new CommandLine(new KeyCommand());
    return SettingOptions.addToEach(line, SettingOptions.DATABASE);
  }

  @Command(
      description = "List the keys of the key file, oldest first, and how many values need each.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "for programs") boolean json) {
    return with(change -> {
      var keys = change.keys();
      if (json) {
        return print(JSON.writeValueAsString(Map.of("items", keys)));
      }
      keys.forEach(
          key -> print("%s  %-6s  %,d values".formatted(key.id(), key.state(), key.values())));
      return 0;
    });
  }

  @Command(
      description = {
        "Seal with a new key, and wrap every stored value with it while the server runs.",
        "The former key stays in the file until it is retired."
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Option(
              names = "--prepare",
              description =
                  "only put the new key into the file, to copy that to other machines first")
          boolean prepare,
      @Option(names = "--json", description = "for programs") boolean json) {
    return with(change -> {
      if (prepare) {
        var id = change.prepare();
        return print(
            json
                ? JSON.writeValueAsString(Map.of("id", id, "state", "coming"))
                : "Key %s is in the key file. Copy the file to every machine that shares the database, then run: ./postern key rotate"
                    .formatted(id));
      }
      var changed = change.rotate();
      if (json) {
        return print(JSON.writeValueAsString(changed));
      }
      print("Key %s seals. Values wrapped: %,d.".formatted(changed.id(), changed.renewed()));
      if (changed.lost() > 0) {
        print("Values that no key opens, lost before: %,d.".formatted(changed.lost()));
      }
      return print("Back the key file up. In a minute, run: ./postern key retire");
    });
  }

  @Command(
      description = "Take former keys out of the key file, when no stored value needs them.",
      mixinStandardHelpOptions = true)
  int retire(@Option(names = "--json", description = "for programs") boolean json) {
    return with(change -> {
      var refusal = change.retire();
      if (refusal == null) {
        return print(
            json
                ? JSON.writeValueAsString(Map.of("retired", true))
                : "The former key is out of the key file; destroy its copies.");
      }
      if (json) {
        print(JSON.writeValueAsString(Map.of("retired", false, "message", refusal)));
      } else {
        out().getErr().println("postern: " + refusal);
      }
      return 1;
    });
  }

  private int with(ToIntFunction<KeyChange> action) {
    var settings = SettingOptions.resolve(out().getParseResult().subcommand());
    try (var instance = Standalone.open(settings)) {
      var audit = new Audit(instance.clock(), instance.uids());
      var actor = Actor.system(instance.clock().instant());
      return action.applyAsInt(
          new KeyChange(
              instance,
              settings.keyFile(),
              sealed(),
              (tx, sentence) ->
                  audit.record(
                      tx,
                      actor,
                      Audit.Action.UPDATE,
                      new Audit.Object("instance", "", "key"),
                      sentence)));
    }
  }

  /// Every place of the rooms where sealed values are stored.
  static List<SealedColumn> sealed() {
    return Stream.concat(Stream.of(RelaySettings.sealed(), Link.sealed()), Desk.sealed().stream())
        .toList();
  }

  private int print(String line) {
    out().getOut().println(line);
    return 0;
  }

  private CommandLine out() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
