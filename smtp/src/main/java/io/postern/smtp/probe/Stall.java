package io.postern.smtp.probe;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.session.Watch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Waits beside a stage, and says what is waited for when it takes long.
final class Stall implements Runnable {
  static final long FIRST_WORD_MILLIS = 1_000;
  static final long SECOND_WORD_MILLIS = 5_000;

  private final Stage stage;
  private final Subject subject;
  private final Consumer<Stall> stalled;
  private final Watch watch;
  private volatile boolean late;
  private final CountDownLatch over = new CountDownLatch(1);

  Stall(Stage stage, Subject subject, Consumer<Stall> stalled, Watch watch) {
    this.stage = stage;
    this.subject = subject;
    this.stalled = stalled;
    this.watch = watch;
  }

  Stage stage() {
    return stage;
  }

  /// The stage ended.
  void over() {
    over.countDown();
  }

  /// Whether the second word was said.
  boolean isLate() {
    return late;
  }

  boolean lasts() {
    return over.getCount() > 0;
  }

  @Override
  public void run() {
    try {
      if (over.await(FIRST_WORD_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      watch.waiting(stage, first());
      stalled.accept(this);
      if (!over.await(SECOND_WORD_MILLIS - FIRST_WORD_MILLIS, TimeUnit.MILLISECONDS)) {
        late = true;
        watch.waiting(stage, second());
        stalled.accept(this);
      }
    } catch (InterruptedException _) {
      // Nobody waits any more.
      Thread.currentThread().interrupt();
    }
  }

  private String first() {
    var host = subject.host().ascii();
    var port = subject.relay().port();
    return switch (stage) {
      case DNS -> "Waiting for a DNS server to answer for " + host + ".";
      case CONNECT ->
          "Waiting for %s to answer on port %d, and trying other ports beside it."
              .formatted(host, port);
      case TLS ->
          subject.relay().security() == Security.TLS
              ? "Waiting for the TLS handshake; a second connection listens for clear text."
              : "Waiting for the TLS handshake.";
      case BANNER ->
          subject.relay().security() == Security.TLS || port == 25
              ? "Waiting for the greeting."
              : "Waiting for the greeting; a second connection offers TLS.";
      case EHLO -> "Waiting for the reply to EHLO.";
      case STARTTLS -> "Waiting for the server to start TLS.";
      case AUTH -> "Waiting for the answer to the sign-in.";
      case MAIL_FROM -> "Waiting for the server to take the sender.";
      case RCPT_TO -> "Waiting for the server to take the recipient.";
      case DATA -> "Waiting for the server to take the message.";
      case CONFIG, CERTIFICATE, DELIVERY -> "Still at work.";
    };
  }

  /// What the verdict would be now; every later answer corrects it.
  private String second() {
    var port = subject.relay().port();
    return switch (stage) {
      case DNS ->
          "Most likely no DNS server answers this machine: nothing came for 5 s. Still asking, to the end of the time.";
      case CONNECT ->
          "Most likely a firewall drops port %d: nothing came for 5 s. Still trying, to the end of the time."
              .formatted(port);
      case BANNER ->
          "Most likely the server does not speak mail on port %d: no greeting for 5 s. A slow one may still greet; listening to the end of the time."
              .formatted(port);
      case TLS, EHLO, STARTTLS, AUTH, MAIL_FROM, RCPT_TO, DATA ->
          "Most likely the server hangs: no answer for 5 s. A slow one may still answer; waiting to the end of the time.";
      case CONFIG, CERTIFICATE, DELIVERY -> "Still at work.";
    };
  }
}
