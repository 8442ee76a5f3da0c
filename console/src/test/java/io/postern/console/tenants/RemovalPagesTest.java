package io.postern.console.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages that remove a tenant for good ask for its name.
final class RemovalPagesTest {
  private static final String TENANTS = "/system/tenants";

  @TempDir static Path directory;
  private static RunningConsole console;
  private static Browser root;
  private static String tenant = "";

  @BeforeAll
  static void start() {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
    root.submit(
        TENANTS + "/new",
        TENANTS,
        Map.of("orgName", "Acme", "firstName", "A", "lastName", "B", "emailId", "a@acme.test"));
    tenant =
        root.get(TENANTS)
            .body()
            .replaceAll("(?s).*?(/system/tenants/[0-9a-f]{32}/)activate.*", "$1");
    root.submit(TENANTS, tenant + "delete", Map.of());
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clean-up", "force"})
  void a_name_that_is_not_the_tenants_stays_where_it_was_typed(String removal) {
    var page = tenant + removal;

    var answer = root.submit(page, page, Map.of("name", "Acne <\"Ltd\">"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("value=\"Acne &lt;&#34;Ltd&#34;>\"", "class=\"fault\"");
    assertThat(root.get(TENANTS).body()).contains("Acme");
  }
}
