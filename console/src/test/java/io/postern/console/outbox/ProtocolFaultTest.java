package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// T-804: whatever the relay does at whatever step, the mail ends in the state of the table, and
/// goes out once the relay behaves. `CUT` is the end of the connection.
final class ProtocolFaultTest {
  @TempDir Path directory;
  private WorkerStand work;

  @BeforeEach
  void open() {
    work = WorkerStand.on(Dialect.SQLITE, directory);
    work.signIn("", "");
  }

  @AfterEach
  void close() {
    work.close();
  }

  @ParameterizedTest(name = "{0} answered by {1}: {2}")
  @CsvSource({
    "CONNECT, CUT, PARKED",
    "CONNECT, 421 4.3.2 Closed, PARKED",
    "CONNECT, 554 5.3.2 Closed, PARKED",
    "CONNECT, hello there, PARKED",
    "EHLO, CUT, PARKED",
    "EHLO, 421 4.3.2 Closed, PARKED",
    "EHLO, 451 4.3.0 Later, PARKED",
    "EHLO, hello there, PARKED",
    "MAIL, CUT, RETRY_WAIT",
    "MAIL, 421 4.3.2 Closed, RETRY_WAIT",
    "MAIL, 451 4.3.0 Later, RETRY_WAIT",
    "MAIL, 550 5.7.1 Not yours, PARKED",
    "MAIL, hello there, RETRY_WAIT",
    "RCPT, CUT, RETRY_WAIT",
    "RCPT, 421 4.3.2 Closed, RETRY_WAIT",
    "RCPT, 451 4.3.0 Later, RETRY_WAIT",
    "RCPT, 452 4.5.3 Too many, RETRY_WAIT",
    "RCPT, 550 5.1.1 Nobody, FAILED",
    "RCPT, 550 No, FAILED",
    "RCPT, 550 Relaying denied, RETRY_WAIT",
    "RCPT, hello there, RETRY_WAIT",
    "DATA, CUT, RETRY_WAIT",
    "DATA, 421 4.3.2 Closed, RETRY_WAIT",
    "DATA, 451 4.3.0 Later, RETRY_WAIT",
    "DATA, 554 5.6.0 No, FAILED",
    "DATA, 550 No, FAILED",
    "DATA, hello there, RETRY_WAIT",
    "., CUT, UNKNOWN",
    "., 421 4.3.2 Closed, RETRY_WAIT",
    "., 451 4.3.0 Later, RETRY_WAIT",
    "., 452 4.3.1 Full, RETRY_WAIT",
    "., 554 5.6.0 No, FAILED",
    "., 550 No, FAILED",
    "., 550 Relaying denied, RETRY_WAIT",
    "., hello there, UNKNOWN",
    "., 354 Go on, UNKNOWN"
  })
  void R710_every_fault_at_every_step_ends_in_its_state(
      String step, String answer, MailState state) {
    work.sink.answer(step, answer.replace("CUT", LedgerSink.CUT));
    var uid = work.stand.enqueue(letter());

    work.work();

    assertThat(work.stand.state(uid)).isEqualTo(state);
    work.sink.answerAsUsual();
    work.workFor(Duration.ofMinutes(30), Duration.ofMinutes(3));
    assertThat(work.stand.state(uid))
        .isEqualTo(state == MailState.FAILED ? MailState.FAILED : MailState.DELIVERED);
    assertThat(work.stand.find(uid).maybeDuplicate()).isEqualTo(state == MailState.UNKNOWN);
  }

  static Stream<String> beginnings() {
    var reply = "250 2.0.0 Ok: queued\r\n";
    return IntStream.range(0, reply.length()).mapToObj(end -> reply.substring(0, end));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void R720_a_cut_at_every_octet_of_the_final_reply_is_an_unknown_outcome(String beginning) {
    work.sink.answer(".", beginning + LedgerSink.CUT);
    var uid = work.stand.enqueue(letter());

    work.work();

    assertThat(work.stand.state(uid)).isEqualTo(MailState.UNKNOWN);
    assertThat(work.stand.find(uid).maybeDuplicate()).isTrue();
  }

  @Test
  void R161_an_extra_reply_before_the_final_one_is_not_taken_for_it() {
    work.sink.answer("DATA", "354 Go on\r\n250 2.0.0 Ok: not yours");
    var uid = work.stand.enqueue(letter());

    work.work();

    assertThat(work.stand.state(uid)).isNotEqualTo(MailState.DELIVERED);
  }

  private NewMail letter() {
    return work.stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofDays(1));
  }
}
