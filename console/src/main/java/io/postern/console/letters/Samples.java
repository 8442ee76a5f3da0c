package io.postern.console.letters;

import io.postern.console.audit.Audit;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Mailbox;
import java.time.InstantSource;

/// Letters with made-up values, to be looked at or sent to an operator.
final class Samples {
  private static final Mailbox TO = Mailbox.parse("ada@example.com");

  private final LetterPress press;
  private final Letters letters;
  private final Outbox outbox;
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  Samples(LetterPress press, Letters letters, Delivery delivery, InstantSource clock) {
    this.press = press;
    this.letters = letters;
    this.outbox = delivery.outbox();
    this.database = delivery.database();
    this.audit = delivery.audit();
    this.clock = clock;
  }

  /// What sending one takes.
  record Delivery(Outbox outbox, Database database, Audit audit) {}

  /// The letter as it will look, without the mark of a sample.
  RenderedLetter print(LetterKind kind) {
    var values = SampleValues.of(press.baseUrl(), clock.instant(), kind);
    return press.print(kind, TO, values);
  }

  /// Queues a sample that says it is one.
  ///
  /// @return the mail's uid
  /// @throws io.postern.console.outbox.OutboxFullException when no mail is taken at present
  String send(Actor actor, LetterKind kind, Mailbox to) {
    var mail = outbox.ready(letters.sample(kind, to));
    return database.write(tx -> {
      var uid = outbox.enqueue(tx, mail);
      audit.record(
          tx,
          actor,
          Audit.Action.ACTIVITY,
          new Audit.Object("mail", uid, to.toString()),
          "A sample of the letter \"%s\" was sent to %s".formatted(kind.label(), to));
      return uid;
    });
  }
}
