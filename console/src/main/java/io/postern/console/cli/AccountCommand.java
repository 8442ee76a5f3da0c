package io.postern.console.cli;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.AccountChange;
import io.postern.console.accounts.AccountDesk;
import io.postern.console.accounts.AccountLinks;
import io.postern.console.accounts.NewSystemAccount;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `postern account …`: system accounts from the terminal, for when nobody can sign in any more.
/// Works beside a running server or without one. Passwords are read, never given as arguments;
/// without one a one-time link is printed.
@Command(
    name = "account",
    description = "List and create system accounts, reset passwords, change addresses.",
    mixinStandardHelpOptions = true)
final class AccountCommand {
  private static final String EMAIL_HELP = "the address of the account";

  @Spec private @Nullable CommandSpec spec;

  /// The command with its subcommands, each with the settings that name the database.
  static CommandLine commandLine() {
    var line = new CommandLine(new AccountCommand());
    line.addSubcommand(new RemovePasskeysCommand());
    return SettingOptions.addToEach(line, SettingOptions.DATABASE_AND_ADDRESS);
  }

  @Command(description = "List the system accounts.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "for programs") boolean json) {
    try (var desk = desk()) {
      return printer(json).accounts(desk.accounts().list("", 0, Integer.MAX_VALUE).entries());
    }
  }

  @Command(
      description = {
        "Create a system account.",
        "With a password it is active at once; without one an activation link is printed."
      },
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "EMAIL", description = EMAIL_HELP) String email,
      @Mixin NewAccountOptions wanted,
      @Mixin PasswordOptions password,
      @Option(names = "--json", description = "for programs") boolean json) {
    var account = judged(email, wanted);
    var secret = secret(password);
    try (var desk = desk()) {
      var refusal = refusal(desk, secret, account.email().toString());
      if (refusal != null) {
        return printer(json).no("password-refused", refusal);
      }
      return switch (desk.accounts().create(desk.actor(), account)) {
        case AccountChange.NotFound _ -> throw new IllegalStateException("a new account is lost");
        case AccountChange.Refused(var obstacle, var sentence) ->
            printer(json).no(obstacle.code(), sentence);
        case AccountChange.Done(var made, _) -> {
          var created = "Created %s as %s.".formatted(made.email(), made.role().label());
          yield secret == null
              ? link(desk, desk.links().show(desk.actor(), made.uid()), created, json)
              : set(desk, made, secret, created + " It can sign in.", json);
        }
      };
    }
  }

  @Command(
      name = "reset-password",
      description = {
        "Set a new password, or print a fresh one-time link that sets one; the link before it ends.",
        "Sessions of the account end when the password is set."
      },
      mixinStandardHelpOptions = true)
  int resetPassword(
      @Parameters(paramLabel = "EMAIL", description = EMAIL_HELP) String email,
      @Mixin PasswordOptions password,
      @Option(names = "--json", description = "for programs") boolean json) {
    var secret = secret(password);
    try (var desk = desk()) {
      var entry = desk.accounts().findByEmail(email);
      if (entry == null) {
        return missing(email, json);
      }
      var account = entry.account();
      var refusal = refusal(desk, secret, account.email());
      if (refusal != null) {
        return printer(json).no("password-refused", refusal);
      }
      return secret == null
          ? link(desk, desk.links().renew(desk.actor(), account.uid(), true), "", json)
          : set(desk, account, secret, AccountPrinter.passwordSet(account), json);
    }
  }

  @Command(
      name = "set-email",
      description = {
        "Replace the address of an account, without mail.",
        "Links that were mailed to the old address end."
      },
      mixinStandardHelpOptions = true)
  int setEmail(
      @Parameters(paramLabel = "EMAIL", description = "the present address") String email,
      @Parameters(paramLabel = "NEW", description = "the new address") String fresh,
      @Option(names = "--json", description = "for programs") boolean json) {
    var address = mailbox(fresh);
    try (var desk = desk()) {
      var entry = desk.accounts().findByEmail(email);
      if (entry == null) {
        return missing(email, json);
      }
      return switch (desk.setEmail(entry.account(), address)) {
        case AccountChange.NotFound _ -> missing(email, json);
        case AccountChange.Refused(var obstacle, var sentence) ->
            printer(json).no(obstacle.code(), sentence);
        case AccountChange.Done(var account, var auditUid) ->
            printer(json)
                .yes(
                    account,
                    Map.of("emailId", account.email(), "auditUid", auditUid),
                    "The account signs in as %s from now on. The address is not verified yet."
                        .formatted(account.email()));
      };
    }
  }

  @Command(
      description = {
        "Print the living activation or reset link of an account, or a fresh one.",
        "A link that was mailed goes on working."
      },
      mixinStandardHelpOptions = true)
  int link(
      @Parameters(paramLabel = "EMAIL", description = EMAIL_HELP) String email,
      @Option(names = "--json", description = "for programs") boolean json) {
    try (var desk = desk()) {
      var entry = desk.accounts().findByEmail(email);
      return entry == null
          ? missing(email, json)
          : link(desk, desk.links().show(desk.actor(), entry.account().uid()), "", json);
    }
  }

  private int link(AccountDesk desk, AccountLinks.Outcome outcome, String note, boolean json) {
    return switch (outcome) {
      case AccountLinks.Outcome.NotFound _ ->
          printer(json).no("account-not-found", "The account was deleted meanwhile.");
      case AccountLinks.Outcome.Refused(var sentence) -> printer(json).no("root-only", sentence);
      case AccountLinks.Outcome.Given given -> {
        var instance = desk.instance();
        yield printer(json).link(given, note, instance.isLocalhost() ? instance.baseUrl() : null);
      }
    };
  }

  private int set(
      AccountDesk desk, Account account, Secret password, String sentence, boolean json) {
    desk.setPassword(account, desk.passwords().hash(password));
    return printer(json).yes(account, Map.of("emailId", account.email()), sentence);
  }

  private int missing(String email, boolean json) {
    return printer(json)
        .no(
            "account-not-found",
            "There is no system account %s. ./postern account list shows all.".formatted(email));
  }

  private NewSystemAccount judged(String email, NewAccountOptions wanted) {
    @Nullable Role role = wanted.role();
    var typed =
        Map.of(
            "firstName",
            wanted.firstName(),
            "lastName",
            wanted.lastName(),
            "emailId",
            email,
            "adminType",
            role == null ? "" : role.adminType());
    return switch (NewSystemAccount.judge(typed)) {
      case NewSystemAccount.Judged.Good(var account) -> account;
      case NewSystemAccount.Judged.Faulty(var faults) ->
          throw usage(
              faults.containsKey("adminType")
                  ? NewAccountOptions.ROLES
                  : String.join(" ", faults.values()));
    };
  }

  private Mailbox mailbox(String address) {
    try {
      return Mailbox.parse(address.strip());
    } catch (MalformedValueException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /// @return null when no password was given, in no way
  private @Nullable Secret secret(PasswordOptions password) {
    try {
      return password.isGiven() ? password.read(true) : null;
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw usage("The password cannot be read: " + e.getMessage() + ".");
    }
  }

  private static @Nullable String refusal(
      AccountDesk desk, @Nullable Secret password, String email) {
    return password == null ? null : desk.passwords().refuse(password, email);
  }

  private AccountDesk desk() {
    return AccountDesk.open(SettingOptions.resolve(whole().getParseResult().subcommand()));
  }

  private AccountPrinter printer(boolean json) {
    return new AccountPrinter(whole().getOut(), whole().getErr(), json);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(whole(), sentence);
  }

  private CommandLine whole() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
