package io.postern.console.accounts;

import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A system account to be created, each value judged. The names may be empty.
public record NewSystemAccount(String firstName, String lastName, Mailbox email, Role role) {
  /// What system accounts can be, the widest last.
  public static final List<Role> ROLES = List.of(Role.OPERATIONS, Role.ACCOUNTS, Role.ROOT);

  private static final List<String> FIELDS =
      List.of("firstName", "lastName", "emailId", "adminType");

  /// What came of judging what was typed.
  public sealed interface Judged {
    record Good(NewSystemAccount account) implements Judged {}

    /// @param faults a sentence for each field that is not right, by the name of the field
    record Faulty(Map<String, String> faults) implements Judged {}
  }

  /// @param typed by the names of the API: `firstName`, `lastName`, `emailId`, `adminType`
  public static Judged judge(Map<String, String> typed) {
    var form = new Form(typed);
    var first = form.name("firstName");
    var last = form.name("lastName");
    @Nullable Mailbox email = form.mailbox("emailId");
    @Nullable Role role = role(form.value("adminType"));
    if (role == null) {
      form.refuse("adminType", "Choose a role: %s.".formatted(words()));
    }
    return email == null || role == null || !form.isGood()
        ? new Judged.Faulty(faults(form))
        : new Judged.Good(new NewSystemAccount(first, last, email, role));
  }

  /// @param word of the API, such as `AccountAdmin`
  /// @return null when no system account can be that
  public static @Nullable Role role(String word) {
    for (var role : ROLES) {
      if (role.adminType().equals(word.strip())) {
        return role;
      }
    }
    return null;
  }

  /// What a role may do, in a few words.
  public static String reach(Role role) {
    return switch (role) {
      case ROOT -> "Everything, accounts of other root administrators included";
      case OPERATIONS -> "SMTP, letters, instance, mail and tenants; reads the audit log";
      case ACCOUNTS -> "System accounts other than root; reads the audit log";
      case TENANT -> "Its own tenant";
    };
  }

  private static String words() {
    return ROLES.stream()
        .map(role -> "%s (%s)".formatted(role.label(), role.adminType()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> faults(Form form) {
    var faults = new LinkedHashMap<String, String>();
    for (var field : FIELDS) {
      var fault = form.error(field);
      if (fault != null) {
        faults.put(field, fault);
      }
    }
    return faults;
  }
}
