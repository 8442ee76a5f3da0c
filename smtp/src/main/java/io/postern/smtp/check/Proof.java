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
}
