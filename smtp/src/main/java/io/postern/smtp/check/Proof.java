package io.postern.smtp.check;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Printable;
import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.session.Session;
import java.util.ArrayList;
import java.util.List;

/// What a check has proved, and never more.
final class Proof {
  private final Draft draft;
  private final Session session;
  private final List<String> sentences = new ArrayList<>();

  Proof(Draft draft, Session session) {
    this.draft = draft;
    this.session = session;
  }

  void signedIn() {
    var tls = session.tls().isEmpty() ? "" : " over " + session.tls();
    sentences.add(
        draft.username().isEmpty()
            ? "%s answers%s without a sign-in.".formatted(draft.host(), tls)
            : "Signed in to %s as %s%s.".formatted(draft.host(), name(), tls));
  }

  /// With a token that is user name and password in one (Postmark) nothing is shown of it.
  private String name() {
    return Secret.of(draft.username()).equals(draft.password())
        ? "the owner of the token"
        : Printable.of(draft.username());
  }

  void senderAccepted(Mailbox from) {
    sentences.add("%s accepted %s as sender.".formatted(draft.host(), from));
  }

  void recipientAccepted(Mailbox to) {
    sentences.add("%s accepted %s as recipient.".formatted(draft.host(), to));
  }

  void messageAccepted(Reply reply) {
    sentences.add(
        "%s accepted a message for %s: %s"
            .formatted(draft.host(), draft.to().isEmpty() ? draft.from() : draft.to(), reply));
  }

  List<String> sentences() {
    return sentences;
  }

  /// What a check of this depth leaves open although all of it went well.
  String open(Depth depth) {
    return switch (depth) {
      case LOGIN -> "Not tried: a sender, a recipient and a message.";
      case ENVELOPE ->
          draft.to().isEmpty()
              ? "Not tried: a recipient and a message. Some servers refuse a sender only when the message is there; with a test recipient one is sent."
              : "Not tried: a message. Some servers refuse a sender only when it is there.";
      case MESSAGE ->
          "Accepted is not yet arrived: whether it comes, and into which folder, is seen in the mailbox.";
    };
  }
}
