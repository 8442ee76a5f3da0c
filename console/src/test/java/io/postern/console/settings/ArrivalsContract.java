package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Reply;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Certainty;
import io.postern.smtp.diagnosis.Diagnosis;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Verdict;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is kept of test messages, in each database.
abstract class ArrivalsContract {
  private static final Instant SENT = Instant.parse("2026-11-24T12:00:00Z");
  private static final Actor ANN = actor("ann");

  private Instant now = SENT;

  abstract Database database();

  @Test
  void message_waits_from_the_first_moment_and_is_accepted_once_the_relay_said_so() {
    issue(ANN, "m1");
    assertThat(of("m1")).isEqualTo(arrival("m1", false, null));

    arrivals().judged("m1", verdict(null, null));

    assertThat(of("m1")).isEqualTo(arrival("m1", true, null));
  }

  @Test
  void reader_may_be_faster_than_the_reply_and_is_believed_once() {
    var token = issue(ANN, "m1");
    now = SENT.plusSeconds(3);
    arrivals().confirm(Objects.requireNonNull(arrivals().find("m1", token)));
    now = SENT.plusSeconds(30);
    arrivals().confirm(Objects.requireNonNull(arrivals().find("m1", token)));
    arrivals().judged("m1", verdict(null, null));

    assertThat(of("m1")).isEqualTo(arrival("m1", true, SENT.plusSeconds(3)));
  }

  @Test
  void message_whose_end_is_unknown_may_still_arrive_and_a_refused_one_may_not() {
    issue(ANN, "lost");
    issue(ANN, "refused");
    issue(ANN, "early");
    arrivals().judged("lost", verdict(Stage.DATA, new Finding.ConnectionLost("reply", true)));
    var no = new Reply(550, null, List.of("no"));
    arrivals().judged("refused", verdict(Stage.DATA, new Finding.Refused("final dot", no)));
    arrivals().judged("early", verdict(Stage.AUTH, new Finding.ConnectionLost("AUTH", false)));

    assertThat(of("lost")).isEqualTo(arrival("lost", false, null));
    assertThat(of("refused")).isNull();
    assertThat(of("early")).isNull();
  }

  @Test
  void token_opens_its_own_message_alone_and_is_not_in_the_database() {
    var token = issue(ANN, "m1");
    var other = issue(ANN, "m2");

    assertThat(arrivals().find("m1", other)).isNull();
    assertThat(arrivals().find("m1", "")).isNull();
    assertThat(arrivals().find("none", token)).isNull();
    var stored =
        database()
            .read(tx ->
                tx.jdbc().sql("select * from relay_arrival where uid = 'm1'").query().listOfRows())
            .toString();
    assertThat(stored).contains("jo@mx.test").doesNotContain(token);
  }

  @Test
  void operators_see_their_own_and_the_newest_first() {
    issue(ANN, "m1");
    now = SENT.plusSeconds(1);
    issue(ANN, "m2");
    now = SENT.plusSeconds(2);
    issue(actor("bob"), "m3");

    assertThat(Objects.requireNonNull(arrivals().newest(ANN)).uid()).isEqualTo("m2");
    assertThat(of("m3")).isNull();
  }

  @Test
  void link_ends_and_a_month_later_nothing_is_left() {
    var token = issue(ANN, "m1");
    now = SENT.plus(Arrivals.LIFETIME);
    var late = Objects.requireNonNull(arrivals().find("m1", token));
    arrivals().confirm(late);
    assertThat(arrivals().stateOf(late)).isEqualTo(Arrival.State.EXPIRED);
    assertThat(of("m1")).isEqualTo(arrival("m1", false, null));

    now = SENT.plus(Duration.ofDays(31));
    issue(ANN, "m2");
    assertThat(of("m1")).isNull();
  }

  private Arrivals arrivals() {
    return new Arrivals(database(), () -> now, new SecureRandom(), () -> "https://mail.test");
  }

  /// @return the token
  private String issue(Actor actor, String uid) {
    var link = arrivals().issue(actor, uid, "jo@mx.test");
    assertThat(link).startsWith("https://mail.test/link/arrived/" + uid + "/");
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private @Nullable Arrival of(String uid) {
    return arrivals().of(ANN, uid);
  }

  private static Arrival arrival(String uid, boolean accepted, @Nullable Instant arrivedAt) {
    return new Arrival(uid, "jo@mx.test", accepted, SENT, SENT.plus(Arrivals.LIFETIME), arrivedAt);
  }

  private static Verdict verdict(@Nullable Stage stage, @Nullable Finding finding) {
    var diagnosis =
        finding == null
            ? null
            : new Diagnosis(
                "connection-lost",
                Certainty.GUESS,
                "t",
                "s",
                "",
                List.of(),
                true,
                List.of(),
                null,
                List.of());
    return new Verdict(
        stage, finding, diagnosis, List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of());
  }

  private static Actor actor(String uid) {
    return new Actor(uid, uid + "@mail.test", Role.ROOT, null, SENT, "local");
  }
}
