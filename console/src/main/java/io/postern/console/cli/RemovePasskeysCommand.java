package io.postern.console.cli;

import io.postern.console.accounts.AccountDesk;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `postern account remove-passkeys`: for an owner who has lost every passkey and every code.
@Command(
    name = "remove-passkeys",
    description = {
      "Remove the passkeys and recovery codes of an account, for an owner who has lost them.",
      "Its sessions end; the password stays. It needs the data directory, and is audited."
    },
    mixinStandardHelpOptions = true)
final class RemovePasskeysCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EMAIL", description = "the address of the account")
  private String email = "";

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec).commandLine();
    var printer = new AccountPrinter(line.getOut(), line.getErr(), json);
    try (var desk = AccountDesk.open(SettingOptions.resolve(line.getParseResult()))) {
      var entry = desk.accounts().findByEmail(email);
      if (entry == null) {
        return printer.no(
            "account-not-found",
            "There is no system account %s. ./postern account list shows all.".formatted(email));
      }
      var removed = desk.removePasskeys(entry.account());
      return printer.yes(
          entry.account(),
          Map.of("emailId", entry.account().email(), "removed", removed),
          "%s has no passkeys any more (removed: %d) and signs in by password. Its sessions and recovery codes have ended."
              .formatted(entry.account().email(), removed));
    }
  }
}
