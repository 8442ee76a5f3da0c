package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// what is enqueued exists with the business change, once, or not at all.
@ParameterizedClass
@EnumSource
final class EnqueueTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;

  EnqueueTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = OutboxStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R700_a_rolled_back_business_change_leaves_no_mail() {
    assertThatThrownBy(() ->
            stand.database.write(tx -> {
              stand.outbox.enqueue(tx, stand.letter("ada@tenant.test"));
              throw new IllegalStateException("the tenant exists already");
            }))
        .hasMessage("the tenant exists already");

    assertThat(all()).isZero();
  }

  @Test
  void R700_a_committed_business_change_leaves_exactly_one_mail() {
    var uid = stand.enqueue("ada@tenant.test");

    var mail = stand.find(uid);
    assertThat(all()).isEqualTo(1);
    assertThat(mail.state()).isEqualTo(MailState.QUEUED);
    assertThat(mail.to().toString()).isEqualTo("ada@tenant.test");
    assertThat(mail.values()).containsEntry("link", "https://console.test/a?token=s3cr3t");
    assertThat(mail.attempts()).isZero();
    assertThat(mail.maybeDuplicate()).isFalse();
  }

  @Test
  void R524_what_a_letter_says_is_not_readable_in_the_database_or_a_log() {
    var uid = stand.enqueue("ada@tenant.test");

    byte[] sealed =
        stand.database.read(tx ->
            tx.jdbc()
                .sql("select sealed_values from mail_letter where mail_uid = ?")
                .param(uid)
                .query((row, _) -> row.getBytes(1))
                .single());
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cr3t");
    assertThat(stand.find(uid).toString() + stand.letter("ada@tenant.test"))
        .doesNotContain("s3cr3t");
  }

  @Test
  void R704_the_same_request_again_answers_the_first_mail() {
    var first = enqueueOnce("key-1", "hello");
    var again = enqueueOnce("key-1", "hello");

    assertThat(again).isEqualTo(first).isInstanceOf(Idempotency.Enqueued.class);
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void R704_the_same_key_for_another_content_is_a_conflict_that_names_the_first() {
    var first = (Idempotency.Enqueued) enqueueOnce("key-1", "hello");

    assertThat(enqueueOnce("key-1", "something else"))
        .isEqualTo(new Idempotency.Conflict(first.uid()));
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void R704_values_that_only_look_alike_are_another_content() {
    enqueueOnce("key-1", Map.of("a", "1, b=2"));

    assertThat(enqueueOnce("key-1", Map.of("a", "1", "b", "2")))
        .isInstanceOf(Idempotency.Conflict.class);
  }

  @Test
  void R704_a_hundred_identical_requests_at_once_make_one_mail() throws Exception {
    Set<Idempotency> answers = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Idempotency> request = () -> enqueueOnce("key-1", "hello");
      for (var answer : threads.invokeAll(Stream.generate(() -> request).limit(100).toList())) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).hasSize(1);
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void R703_a_full_disk_refuses_the_mail_and_the_business_change_with_it() {
    stand.full = "The disk is nearly full.";

    assertThatThrownBy(() -> stand.enqueue("ada@tenant.test"))
        .isInstanceOf(OutboxFullException.class)
        .hasMessage("The disk is nearly full.");
    assertThat(all()).isZero();
  }

  @Test
  void R261_every_mail_has_a_message_id_that_cannot_be_guessed_from_another() {
    var one = stand.find(stand.enqueue("ada@tenant.test")).messageId();
    var other = stand.find(stand.enqueue("ada@tenant.test")).messageId();

    assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(other);
  }

  /// A retry may come after an upgrade: what is stored must still say that it is the same.
  @Test
  void R704_the_digest_of_a_mail_is_that_of_its_json() throws Exception {
    var letter = stand.letter("ada@tenant.test");
    var mail =
        new NewMail(
            "API",
            letter.to(),
            "Grüße",
            Map.of("b", "2", "a", "1"),
            letter.priority(),
            letter.expiresAt(),
            null,
            "key");

    var json = "[\"API\",\"ada@tenant.test\",\"Grüße\",{\"a\":\"1\",\"b\":\"2\"}]";
    var sha = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
    assertThat(stand.outbox.ready(mail).digest()).isEqualTo(HexFormat.of().formatHex(sha));
  }

  private Idempotency enqueueOnce(String key, String text) {
    return enqueueOnce(key, Map.of("text", text));
  }

  private Idempotency enqueueOnce(String key, Map<String, String> values) {
    var letter = stand.letter("ada@tenant.test", Priority.NORMAL, Duration.ofHours(1));
    var mail =
        new NewMail(
            "API",
            letter.to(),
            "Hello",
            values,
            letter.priority(),
            letter.expiresAt(),
            letter.tenantUid(),
            key);
    return stand.outbox.enqueueOnce(stand.outbox.ready(mail));
  }

  private long all() {
    return stand.mails.list(new Mails.Filter(null, "", 0, 1)).total();
  }
}
