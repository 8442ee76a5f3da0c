package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The pages that no other journey looks at, empty and full, each in light, dark and 360 px. One
/// journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class PagesTest {
  private static final Lab LAB = Lab.running();
  private static final String ADA = LAB.address("ada" + UUID.randomUUID());
  private static final String NOBODY = LAB.address("nobody" + UUID.randomUUID());
  @TempDir static Path data;

  private static Journey journey;
  private static Operator root;

  @BeforeAll
  static void start() {
    journey = Journey.begin(LAB, data, "pages");
    root = journey.root();
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void what_is_there_before_anything_was_done() {
    look("/system", "overview-empty");
    look("/system/mail", "mail-empty");
    look("/system/administration/letters", "letters-without-mail");
    look("/system/administration/instance", "instance");
    look("/system/account/keys", "keys-empty");
    look("/system/nothing-here", "not-found");
  }

  @Test
  @Order(2)
  void mail_that_waits_is_shown_and_cancelled() {
    root.choose("Tenant Management");
    root.follow("Create New Tenant");
    root.create("Difference Engines", "Charles", "Babbage", NOBODY);
    root.choose("Mail");
    root.row(NOBODY).locator("summary").click();
    shoot("mail-menu");
    root.choose("Mail");
    root.page().locator("main table a").first().click();
    shoot("mail-queued");
    root.page().navigate(root.page().url() + "/cancel");
    shoot("mail-cancel");
    root.choose("Mail");
    root.press("Pause sending");
    shoot("mail-paused");
    look("/system", "overview-paused");
    root.choose("Mail");
    root.press("Resume");
  }

  @Test
  @Order(3)
  void mail_that_was_refused_and_mail_that_was_taken_tell_their_tries() {
    journey.saveRelay();
    root.choose("Tenant Management");
    root.follow("Create New Tenant");
    root.create("Analytical Engines", "Ada", "Lovelace", ADA);
    LAB.mailboxes("postfix").await(ADA);
    root.awaitRow("Mail", ADA, "Accepted by the relay");
    shoot("mail-list");
    root.row(ADA).locator("a").first().click();
    shoot("mail-delivered");
    look("/system", "overview-works");
  }

  @Test
  @Order(4)
  void relay_that_fails_is_told_on_every_page_it_concerns() {
    root.openTab("SMTP");
    root.fill("Username", LAB.address("alice")).fill("Password", "not the password");
    root.press("Save");
    root.choose("Tenant Management");
    root.follow("Create New Tenant");
    root.create("Enigma Breakers", "Alan", "Turing", LAB.address("alan" + UUID.randomUUID()));
    root.page()
        .waitForCondition(() -> {
          root.choose("Overview");
          return root.text().contains("Mail waits");
        });
    shoot("overview-held");
    root.choose("Mail");
    shoot("mail-held");
    root.page().locator("main table a").first().click();
    shoot("mail-parked");
  }

  @Test
  @Order(5)
  void letters_keys_and_the_log() {
    var frames = new CopyOnWriteArrayList<Integer>();
    root.page()
        .onResponse(answer -> {
          if (answer.url().contains("/html?scheme=")) {
            frames.add(answer.status());
          }
        });
    look("/system/administration/letters", "letters");
    root.page().locator("main a[href*='/administration/letters/']").first().click();
    shoot("letter");
    assertEquals(
        List.of(200, 200, 200, 200), frames, "each letter in a light and in a dark mail reader");
    look("/system/account/keys", "keys");
    root.page().locator("main form").first().evaluate("form => form.noValidate = true");
    root.pressPrimary();
    shoot("key-refused");
    root.fill("Name", "Backup script");
    root.page().locator("main form input[type=checkbox]").first().check();
    root.pressPrimary();
    shoot("key-made");
    look("/system/account/keys", "keys-one");
    root.openTab("Audit");
    shoot("audit");
    look("/system/administration/audit?what=nothing-like-this", "audit-none");
  }

  @Test
  @Order(6)
  void documents_that_the_console_serves() {
    look("/docs/components", "components");
    look("/docs/api", "api");
    look("/docs/problems", "problems");
    look("/docs/findings/app-password-required", "finding");
    look("/docs/findings/port-blocked-egress", "finding-long");
  }

  @Test
  @Order(7)
  void who_may_not_is_told_so() {
    var stranger = journey.somebody();
    stranger.page().navigate(journey.console().at("/"));
    journey.screens().look(stranger.page(), "tenant-sign-in");
    stranger.page().navigate(journey.console().at("/system/login"));
    journey.screens().look(stranger.page(), "sign-in");
    stranger.page().navigate(journey.console().at("/link/0/0"));
    journey.screens().look(stranger.page(), "link-dead");
    stranger.page().navigate(journey.console().at("/system/setup/0"));
    journey.screens().look(stranger.page(), "setup-gone");
  }

  @Test
  @Order(8)
  void every_page_is_fit_for_everybody() {
    assertTrue(!journey.console().output().contains("/link/"), "a link was printed");
    journey.assertNoComplaints();
  }

  private static void look(String path, String name) {
    root.page().navigate(journey.console().at(path));
    shoot(name);
  }

  private static void shoot(String name) {
    journey.screens().look(root.page(), name);
  }
}
