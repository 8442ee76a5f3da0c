package io.postern.console.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.accounts.Visits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What *Create New Tenant* says about what was typed.
final class TenantFormTest {
  private static final String TENANTS = "/system/tenants";

  @TempDir static Path directory;
  private static RunningConsole console;
  private static Browser root;

  @BeforeAll
  static void start() {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void blanks_that_were_removed_are_said_when_it_is_done() {
    var page = root.follow(create("  Acme\t", "ada@acme.test")).body();
    assertThat(page)
        .contains("Acme is created")
        .contains("Blanks around these were removed: Org Name.");
    assertThat(root.follow(create("Plain", "ada@plain.test")).body()).doesNotContain("Blanks");
  }

  @Test
  void blanks_that_were_removed_are_said_at_their_field_while_another_is_wrong() {
    var answer = create("  Other ", "ada");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("value=\"Other\"", "Blanks around it were removed.");
  }

  @Test
  void an_address_is_told_what_an_address_is() {
    assertThat(create("Third", "ada@acme.test:25").body())
        .contains("after the @; the address ends with its domain, such as example.com")
        .doesNotContain("port has its own field");
  }

  @Test
  void a_disk_that_is_full_is_said_of_the_form_and_accuses_no_field() {
    console.fill("The disk is full. Make room.");
    try {
      var answer = create("Full Disk Ltd", "flo@acme.test");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("<p class=\"notice error\" role=\"alert\">The disk is full. Make room.</p>")
          .contains("value=\"Full Disk Ltd\"")
          .doesNotContain("aria-invalid");
    } finally {
      console.fill(null);
    }
  }

  private static HttpResponse<String> create(String name, String email) {
    return root.submit(
        TENANTS + "/new",
        TENANTS,
        Map.of("orgName", name, "firstName", "A", "lastName", "B", "emailId", email));
  }
}
