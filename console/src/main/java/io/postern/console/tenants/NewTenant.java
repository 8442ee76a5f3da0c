package io.postern.console.tenants;

import io.postern.smtp.Mailbox;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tenant to be created, each value judged.
public record NewTenant(String orgName, String firstName, String lastName, Mailbox email) {
  static final int NAME_CHARACTERS_MAX = 128;

  /// What came of judging what was typed.
  public sealed interface Judged {
    record Good(NewTenant tenant) implements Judged {}

    /// @param faults a sentence for each field that is not right, by the name of the field
    record Faulty(Map<String, String> faults) implements Judged {}
  }

  /// @param typed by the names of the API: `orgName`, `firstName`, `lastName`, `emailId`
  public static Judged judge(Map<String, String> typed) {
    var judging = new Judging(typed);
    var orgName = judging.name("orgName", "Enter the name of the organization.");
    var firstName = judging.name("firstName", "Enter the administrator's first name.");
    var lastName = judging.name("lastName", "Enter the administrator's last name.");
    @Nullable Mailbox email = judging.mailbox("emailId");
    return email == null || !judging.faults().isEmpty()
        ? new Judged.Faulty(judging.faults())
        : new Judged.Good(new NewTenant(orgName, firstName, lastName, email));
  }

  String adminName() {
    return firstName + " " + lastName;
  }
}
