package io.postern.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Mail over the API, delivered to a mail server on loopback.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MailCallsTest {
  private static final String PATH = MailCalls.PATH;

  private RunningConsole console;
  private TinyRelay relay;
  private ApiClient root;
  private int keys;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = Root.console(directory);
    relay = new TinyRelay();
    root = Root.client(console);
    var saved =
        root.put(
            SmtpConfigCalls.PATH,
            """
            {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none",
             "fromEmailId":"noreply@example.com"}\
            """
                .formatted(relay.port()));
    assertThat(saved.status()).as(saved.body()).isEqualTo(204);
  }

  @AfterAll
  void stop() throws IOException {
    console.close();
    relay.close();
  }

  @Test
  void a_mail_is_taken_delivered_and_told_about() {
    var taken = send(mail("ada@example.com", "Hello, Ada"));
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.json().propertyNames()).containsExactly("uid", "state");
    var path = PATH + "/" + taken.at("/uid");
    assertThat(taken.header("Location")).isEqualTo(path);

    var told = atLast(path, "delivered");
    assertThat(told.at("/to")).isEqualTo("ada@example.com");
    assertThat(told.at("/subject")).isEqualTo("Hello, Ada");
    assertThat(told.at("/acceptedReply")).contains("queued as 1234");
    assertThat(told.at("/attempts/0/outcome")).isEqualTo("accepted");
    assertThat(told.json().at("/attempts/0/stages").size()).isPositive();
    assertThat(told.body()).as("what it says is not shown").doesNotContain("A short text");
    assertThat(root.post(path + "/cancel", "").problem()).isEqualTo("409 mail-not-cancellable");
    assertThat(root.post(path + "/retry", "").problem()).isEqualTo("409 mail-not-retriable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t",
        "t\\n",
        "t\\r\\n\\r\\n",
        "Gr\u00fc\u00dfe",
        "Gr\u00fc\u00dfe\\n",
        ".",
        "a\\n.\\nb"
      })
  void whatever_the_text_ends_with_it_is_delivered(String text) {
    for (var html : new String[] {"", "<p>" + text + "</p>"}) {
      var taken =
          send(
              """
              {"to":"ada@example.com","subject":"Endings","text":"%s","html":"%s"}\
              """
                  .formatted(text, html));
      atLast(PATH + "/" + taken.at("/uid"), "delivered");
    }
  }

  @Test
  void a_refused_mail_ends_in_an_explained_state() {
    var uid = send(mail("nobody@example.com", "Refused")).at("/uid");
    var told = atLast(PATH + "/" + uid, "failed");
    assertThat(told.at("/attempts/0/reply")).contains("5.1.1 no such user");
    assertThat(told.at("/attempts/0/summary")).isNotEmpty();
  }

  @Test
  void R704_the_same_key_with_the_same_mail_is_one_mail() {
    var keyed = root.with("Idempotency-Key", "order-17");
    var first = keyed.post(PATH, mail("ada@example.com", "Once"));
    var again = keyed.post(PATH, mail("ada@example.com", "Once"));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.at("/uid")).isEqualTo(first.at("/uid"));
    var other = keyed.post(PATH, mail("ada@example.com", "Twice"));
    assertThat(other.problem()).isEqualTo("409 idempotency-key-reused");
    assertThat(other.at("/details/uid")).isEqualTo(first.at("/uid"));
  }

  @Test
  void R704_forty_parallel_requests_with_one_key_are_one_mail()
      throws InterruptedException, ExecutionException {
    var keyed = root.with("Idempotency-Key", "burst");
    var uids = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> call = () -> keyed.post(PATH, mail("ada@example.com", "Burst")).at("/uid");
      for (var future : threads.invokeAll(Collections.nCopies(40, call))) {
        uids.add(future.get());
      }
    }
    assertThat(uids).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a key"})
  void a_key_that_is_none_is_refused(String key) {
    var answer = root.with("Idempotency-Key", key).post(PATH, mail("ada@example.com", "No key"));
    assertThat(answer.problem()).isEqualTo("400 idempotency-key-needed");
  }

  @Test
  void without_a_key_nothing_is_sent() {
    assertThat(root.post(PATH, mail("ada@example.com", "No key")).problem())
        .isEqualTo("400 idempotency-key-needed");
  }

  @ParameterizedTest
  @CsvSource({
    "key,256,202",
    "key,257,400",
    "subject,255,202",
    "subject,256,422",
    "text,262144,202",
    "text,262145,422",
    "html,262144,202",
    "html,262145,422"
  })
  void limits_hold_to_the_character(String what, int length, int status) {
    var long_ = "x".repeat(length);
    var key = what.equals("key") ? long_ : "limit-" + what + length;
    var body =
        """
        {"to":"ada@example.com","subject":"%s","text":"%s","html":"%s"}\
        """
            .formatted(
                what.equals("subject") ? long_ : "s",
                what.equals("text") ? long_ : "t",
                what.equals("html") ? long_ : "");
    assertThat(root.with("Idempotency-Key", key).post(PATH, body).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "to|\"\"",
        "to|\"ada\"",
        "to|\"ada@example.com\\r\\nBcc: eve@example.com\"",
        "to|[\"ada@example.com\"]",
        "subject|\"\"",
        "subject|\"a\\r\\nBcc: eve@example.com\"",
        "subject|\"\\ud800\"",
        "text|\"\"",
        "text|null",
        "text|\"a\\u0000b\"",
        "text|\"\\udc00\"",
        "html|7"
      })
  void what_mail_cannot_carry_is_named_by_its_field(String field, String value) {
    var body =
        "{\"to\":\"ada@example.com\",\"subject\":\"s\",\"text\":\"t\",\"html\":\"\"}"
            .replaceFirst(
                "\"" + field + "\":\"[^\"]*\"",
                java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value));
    var answer = send(body);
    assertThat(answer.problem()).isEqualTo("422 invalid-fields");
    assertThat(answer.json().at("/details/fields").propertyNames()).containsExactly(field);
  }

  @Test
  void a_list_has_pages() {
    for (var mail = 0; mail < 5; mail++) {
      send(mail("pages@example.com", "Page " + mail));
    }
    var first = root.get(PATH + "?text=pages@&limit=3");
    assertThat(first.json().at("/items").size()).isEqualTo(3);
    assertThat(first.at("/listmeta"))
        .isEqualTo("{\"continue\":\"3\",\"count\":5,\"limit\":3,\"offset\":0}");
    var rest = root.get(PATH + "?text=pages@&limit=3&continue=3");
    assertThat(rest.json().at("/items").size()).isEqualTo(2);
    assertThat(rest.at("/listmeta/continue")).isEmpty();
    assertThat(root.get(PATH + "?text=pages@&state=cancelled").at("/listmeta/count"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,400",
    "limit=1,200",
    "limit=200,200",
    "limit=201,400",
    "limit=x,400",
    "offset=-1,400",
    "offset=1000000,200",
    "offset=1000001,400",
    "continue=x,400",
    "state=lost,400",
    "state=queued,200"
  })
  void parameters_of_a_list_have_limits(String query, int status) {
    assertThat(root.get(PATH + "?" + query).status()).isEqualTo(status);
  }

  @Test
  void an_unknown_mail_is_not_found() {
    assertThat(root.get(PATH + "/0123").problem()).isEqualTo("404 mail-not-found");
    assertThat(root.post(PATH + "/0123/cancel", "").problem()).isEqualTo("404 mail-not-found");
    assertThat(root.post(PATH + "/0123/retry", "").problem()).isEqualTo("404 mail-not-found");
  }

  private ApiClient.Answer send(String body) {
    keys++;
    return root.with("Idempotency-Key", "test-" + keys).post(PATH, body);
  }

  private static String mail(String to, String subject) {
    return """
    {"to":"%s","subject":"%s","text":"A short text"}\
    """
        .formatted(to, subject);
  }

  private ApiClient.Answer atLast(String path, String state) {
    Eventually.until(() -> root.get(path).at("/state").equals(state));
    var answer = root.get(path);
    assertThat(answer.at("/state")).as(answer.body()).isEqualTo(state);
    return answer;
  }
}
