package io.postern.console.letters;

import io.postern.console.letters.Letter.Block;
import io.postern.console.letters.Letter.Block.Action;
import io.postern.console.letters.Letter.Block.Paragraph;
import java.util.ArrayList;
import java.util.List;

/// The words of each letter: what happened, what to do, until when, and what to do if you did not
/// ask for it.
final class LetterWords {
  private static final String COPIES =
      "This letter is sent twice, through the former mail server and through the new one; this is"
          + " the copy through the %s one.";

  private final String house;
  private final LetterValues values;

  /// @param house what the instance is called
  LetterWords(String house, LetterValues values) {
    this.house = PlainName.of(house);
    this.values = values;
  }

  String subject(LetterKind kind) {
    return switch (kind) {
      case INVITATION -> "Your invitation to %s on %s".formatted(values.tenant(), house);
      case SYSTEM_ACTIVATION -> "Activate your account on " + house;
      case PASSWORD_RESET -> "Set a new password for " + house;
      case ADDRESS_VERIFY -> "Verify your e-mail address for " + house;
      case ADDRESS_CONFIRM -> "Confirm your new e-mail address for " + house;
      case ADDRESS_NOTICE -> "A change of your e-mail address on " + house + " was requested";
      case ADDRESS_CHANGED -> "Your e-mail address on " + house + " was changed";
      case ACCOUNT_NOTICE -> "About your account on " + house;
      case RELAY_CHANGED -> "The mail server of " + house + " was changed";
      case TEST -> "Test letter from " + house;
      case API -> values.subject();
    };
  }

  List<Block> blocks(LetterKind kind) {
    return switch (kind) {
      case INVITATION -> invitation();
      case SYSTEM_ACTIVATION -> systemActivation();
      case PASSWORD_RESET -> passwordReset();
      case ADDRESS_VERIFY -> addressVerify();
      case ADDRESS_CONFIRM -> addressConfirm();
      case ADDRESS_NOTICE -> addressNotice();
      case ADDRESS_CHANGED -> addressChanged();
      case ACCOUNT_NOTICE -> accountNotice();
      case RELAY_CHANGED -> relayChanged();
      case TEST -> test();
      case API -> List.of(new Paragraph(values.text()));
    };
  }

  private List<Block> invitation() {
    return List.of(
        hello(),
        new Paragraph(
            "An operator of %s has created the tenant \"%s\" and made you its administrator."
                .formatted(house, values.tenant())),
        new Paragraph("To start, open the invitation and set your password."),
        new Action("Open the invitation", values.link()),
        once("ask the operator to send the invitation again"),
        new Paragraph(
            "If you did not expect this, you need not do anything: without the link nobody can"
                + " use the account."));
  }

  private List<Block> systemActivation() {
    return List.of(
        hello(),
        new Paragraph(
            "An administrator of %s has made a system account for you, %s."
                .formatted(house, values.to())),
        new Paragraph("To activate it, set your password."),
        new Action("Set your password", values.link()),
        once("ask the administrator for a new one"),
        new Paragraph(
            "If you did not expect this, you need not do anything: without the link nobody can"
                + " use the account."));
  }

  private List<Block> passwordReset() {
    return List.of(
        hello(),
        new Paragraph(
            "Somebody asked for a new password for the account %s on %s."
                .formatted(values.to(), house)),
        new Action("Set a new password", values.link()),
        once("ask for a new one with \"Forgot password?\" on the sign-in page"),
        new Paragraph(
            "If it was not you, you need not do anything: your password stays as it is. If such"
                + " letters keep coming, tell an administrator."));
  }

  private List<Block> addressVerify() {
    return List.of(
        hello(),
        new Paragraph(
            "The account %s on %s uses this address. Verify that it is yours, so that a forgotten"
                    .formatted(values.to(), house)
                + " password can be replaced by mail."),
        new Action("Verify this address", values.link()),
        once("sign in and ask for a new one"),
        new Paragraph(
            "If you have no account there, ignore this letter: the address then stays"
                + " unverified."));
  }

  private List<Block> addressConfirm() {
    return List.of(
        hello(),
        new Paragraph(
            "The account %s on %s is to use this address, %s, from now on."
                .formatted(values.oldAddress(), house, values.to())),
        new Action("Confirm this address", values.link()),
        once("request the change again under My Account"),
        new Paragraph(
            "Until you confirm, the old address stays in force. If you did not ask for this,"
                + " ignore the letter: nothing changes."));
  }

  private List<Block> addressNotice() {
    return List.of(
        hello(),
        new Paragraph(
            "Somebody who knows your password asked %s to change the address of your account from"
                    .formatted(house)
                + " %s to %s.".formatted(values.to(), values.newAddress())),
        new Paragraph(
            "If it was you, you need not do anything here: open the letter at the new address and"
                + " confirm it."),
        new Paragraph("If it was not you, stop the change, then set a new password."),
        new Action("Stop the change", values.link()),
        new Paragraph("This link works until %s.".formatted(values.until())));
  }

  private List<Block> addressChanged() {
    return List.of(
        hello(),
        new Paragraph(
            "The address of your account on %s was changed from %s to %s. This address gets no"
                    .formatted(house, values.to(), values.newAddress())
                + " further letters about it."),
        new Paragraph(
            "If it was not you, bring the old address back, then set a new password and tell an"
                + " administrator."),
        new Action("Bring the old address back", values.link()),
        new Paragraph("This link works until %s.".formatted(values.until())));
  }

  private List<Block> accountNotice() {
    return List.of(
        hello(),
        new Paragraph("%s. Account: %s on %s.".formatted(values.event(), values.to(), house)),
        new Paragraph("If it was you, there is nothing to do."),
        new Paragraph(
            "If it was not you, sign in, end every other session under My Account, change your"
                + " password, remove the passkeys that you do not know, and tell an administrator."));
  }

  private List<Block> relayChanged() {
    var blocks = new ArrayList<Block>();
    blocks.add(hello());
    blocks.add(
        new Paragraph(
            "%s changed the mail server by which %s sends its letters, on %s."
                .formatted(values.requestedBy(), house, values.at())));
    blocks.add(
        new Paragraph(
            "Before: %s. Now: %s. Dots and at signs stand in brackets, so that no mail program makes links of them."
                .formatted(values.before(), values.after())));
    switch (values.through()) {
      case FORMER -> blocks.add(new Paragraph(COPIES.formatted("former")));
      case NEW -> blocks.add(new Paragraph(COPIES.formatted("new")));
      case ALONE -> {}
    }
    blocks.add(new Paragraph("If you expected this, there is nothing to do."));
    blocks.add(
        new Paragraph(
            "If you did not, sign in: Administration, SMTP, History shows what differs and puts the"
                + " former version into the form; Account Management ends every session of whoever"
                + " did it; Administration, Audit tells what else was done."));
    return blocks;
  }

  private List<Block> test() {
    return List.of(
        new Paragraph(
            "This is a test letter from %s, sent by %s.".formatted(house, values.requestedBy())),
        new Paragraph(
            "That you read it proves that mail leaves %s, that the mail server takes it, and that"
                    .formatted(house)
                + " it arrives here. There is nothing to do."));
  }

  private Paragraph hello() {
    var name = values.name();
    return new Paragraph(name.isEmpty() ? "Hello," : "Hello " + name + ",");
  }

  private Paragraph once(String whenExpired) {
    return new Paragraph(
        "The link works once, until %s. When it has expired, %s."
            .formatted(values.until(), whenExpired));
  }
}
