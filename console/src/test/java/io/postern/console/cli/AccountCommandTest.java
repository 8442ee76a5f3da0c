package io.postern.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.PrivatePostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// `postern account`, beside a running server and without one, on both databases.
@ParameterizedClass
@EnumSource
final class AccountCommandTest {
  private static final String ROOT = Visits.ROOT;
  private static final String PASSWORD = Visits.PASSWORD;
  private static final String OTHER = "four random words here now";
  private static final String ADA = "ada@example.com";

  private final List<String> database = new ArrayList<>();
  private final Map<String, String> environment;
  @TempDir Path directory;
  private RunningConsole console;
  private StringWriter output = new StringWriter();
  private StringWriter errors = new StringWriter();

  AccountCommandTest(Dialect dialect) {
    this.environment =
        switch (dialect) {
          case SQLITE -> Map.of();
          case POSTGRESQL -> {
            var postgres = PrivatePostgres.shared();
            var url = postgres.url(postgres.copy());
            database.addAll(List.of("--database-url", url));
            yield Map.of("POSTERN_DATABASE_URL", url);
          }
        };
  }

  @BeforeEach
  void start() {
    console = RunningConsole.start(directory, environment, java.time.Clock.systemUTC().instant());
    Visits.setUp(console);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void when_nobody_can_sign_in_any_more_a_printed_link_or_a_password_file_opens_the_door()
      throws IOException {
    var session = console.browser();
    assertThat(signIn(session, PASSWORD)).isTrue();

    assertThat(run("reset-password", ROOT)).isZero();
    assertThat(output.toString()).contains("sets the password of root@example.com").contains("UTC");
    assertThat(errors.toString()).contains("opens on this machine only", "--base-url");
    use(printedLink(), OTHER);
    assertThat(signIn(console.browser(), PASSWORD)).isFalse();
    assertThat(signIn(console.browser(), OTHER)).isTrue();
    assertThat(session.get("/system/accounts").statusCode()).as("its sessions end").isEqualTo(303);

    assertThat(run("reset-password", ROOT, "--password-file", file(PASSWORD))).isZero();
    assertThat(output.toString()).contains("The password of root@example.com is set");
    assertThat(output.toString() + errors).doesNotContain(PASSWORD);
    assertThat(signIn(console.browser(), PASSWORD)).isTrue();
  }

  @Test
  void without_a_server_accounts_are_made_and_passwords_set() throws IOException {
    console.close();
    assertThat(run("create", ADA, "--role", "root", "--password-file", file(OTHER))).isZero();
    assertThat(output.toString()).contains("Created ada@example.com", "It can sign in.");
    assertThat(run("create", "ben@example.com", "--role", "operations")).isZero();
    assertThat(output.toString())
        .contains("Created ben@example.com as Operations Administrator.")
        .contains("/link/");

    console = RunningConsole.start(directory, environment, console.now());
    assertThat(signIn(console.browser(), ADA, OTHER)).isTrue();
  }

  @Test
  void list_tells_role_state_and_living_links_but_no_link() {
    run("create", ADA, "--role", "accounts", "--first-name", "Ada", "--last-name", "Love");

    assertThat(run("list")).isZero();
    assertThat(output.toString())
        .containsPattern(
            "ada@example\\.com +accounts +pending +never signed in +\\(activation link")
        .containsPattern("root@example\\.com +root +active +signed in 20")
        .contains("2 accounts.")
        .doesNotContain("/link/");

    assertThat(run("list", "--json")).isZero();
    assertThat(output.toString())
        .startsWith("{\"items\":[")
        .contains("\"adminType\":\"AccountAdmin\"", "\"createdBy\":\"command line\"")
        .doesNotContain("/link/");
  }

  @Test
  void link_prints_the_living_link_again_and_reset_password_a_fresh_one() {
    run("create", ADA, "--role", "accounts");
    var first = printedLink();
    assertThat(run("link", ADA)).isZero();
    assertThat(printedLink()).as("the same").isEqualTo(first);
    assertThat(run("link", ADA.toUpperCase(java.util.Locale.ROOT), "--json")).isZero();
    assertThat(output.toString()).contains("\"purpose\":\"activation\"", first);

    assertThat(run("reset-password", ADA)).isZero();
    assertThat(printedLink()).isNotEqualTo(first);
    assertThat(console.browser().get(first).statusCode()).isEqualTo(410);
    use(printedLink(), OTHER);
    assertThat(run("link", ADA, "--json")).isZero();
    assertThat(output.toString()).contains("\"purpose\":\"passwordReset\"", "\"mailed\":false");
  }

  @Test
  void an_address_is_replaced_without_mail_and_its_links_end() {
    run("link", ROOT);
    var link = printedLink();

    assertThat(run("set-email", ROOT, ADA)).isZero();
    assertThat(output.toString()).contains("signs in as ada@example.com", "not verified");

    assertThat(console.browser().get(link).statusCode()).isEqualTo(410);
    assertThat(signIn(console.browser(), ROOT, PASSWORD)).isFalse();
    var ada = console.browser();
    assertThat(signIn(ada, ADA, PASSWORD)).isTrue();
    assertThat(ada.get("/system/administration/audit").body())
        .contains(
            "The address was changed from root@example.com to ada@example.com on the command line");
  }

  @Test
  void what_cannot_be_done_is_a_sentence_and_status_1() throws IOException {
    assertThat(run("link", "nobody@example.com")).isEqualTo(1);
    assertThat(errors.toString()).contains("There is no system account nobody@example.com");
    assertThat(run("create", "ROOT@example.com", "--role", "root", "--json")).isEqualTo(1);
    assertThat(output.toString()).contains("\"code\":\"account-exists\"");
    run("create", ADA, "--role", "accounts");
    assertThat(run("set-email", ADA, ROOT)).isEqualTo(1);
    assertThat(errors.toString()).contains("belongs to another system account");
    assertThat(run("create", "b@example.com", "--role", "root", "--password-file", file("short")))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("A password has at least 15");
    assertThat(run("reset-password", ROOT, "--password-file", file("x".repeat(129)), "--json"))
        .isEqualTo(1);
    assertThat(output.toString()).contains("\"code\":\"password-refused\"");
    run("list");
    assertThat(output.toString()).as("nothing was made").contains("2 accounts.");
  }

  @Test
  void wrong_usage_is_status_2_and_names_what_is_possible() throws IOException {
    assertThat(run("create", ADA)).isEqualTo(2);
    assertThat(run("create", ADA, "--role", "boss")).isEqualTo(2);
    assertThat(errors.toString()).contains("--role takes root, operations or accounts");
    assertThat(run("create", "ada", "--role", "root")).isEqualTo(2);
    assertThat(run("set-email", ROOT)).isEqualTo(2);
    assertThat(run("set-email", ROOT, "a@b@c")).isEqualTo(2);
    assertThat(run("reset-password", ROOT, PASSWORD)).as("no password here").isEqualTo(2);
    assertThat(run("reset-password", ROOT, "--password-file", directory + "/none")).isEqualTo(2);
    assertThat(
            run("reset-password", ROOT, "--password-file", file(OTHER), "--password-env", "HOME"))
        .isEqualTo(2);
    assertThat(errors.toString()).contains("in one way only");
  }

  private String file(String password) throws IOException {
    return Files.writeString(directory.resolve("password"), password + "\n").toString();
  }

  /// The path of the link in the output.
  private String printedLink() {
    var found =
        java.util.regex.Pattern.compile("https?://[^/]+(/link/[0-9a-f]+/[A-Za-z0-9_-]+)")
            .matcher(output.toString());
    assertThat(found.find()).as(output + "" + errors).isTrue();
    return found.group(1);
  }

  private void use(String link, String password) {
    var browser = console.browser();
    var page = browser.follow(browser.get(link)).body();
    var action = page.replaceAll("(?s).*action=\"(/link/[a-z]+)\".*", "$1");
    var answer =
        browser.post(
            action, Map.of("password", password, "again", password, "_csrf", Browser.token(page)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private static boolean signIn(Browser browser, String password) {
    return signIn(browser, ROOT, password);
  }

  private static boolean signIn(Browser browser, String email, String password) {
    return browser
            .submit("/system/login", "/system/login", Map.of("email", email, "password", password))
            .statusCode()
        == 303;
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("account"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--data-dir", directory.toString()));
    all.addAll(database);
    output = new StringWriter();
    errors = new StringWriter();
    var line =
        Launch.commandLine(_ -> {
          throw new UnusableSettingException("Nothing serves in this test.");
        });
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(errors, true));
    return line.execute(all.toArray(String[]::new));
  }
}
