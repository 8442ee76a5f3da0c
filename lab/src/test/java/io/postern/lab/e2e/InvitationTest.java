package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.AriaRole;
import io.postern.lab.Lab;
import io.postern.lab.Letter;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The initial tenant invitation, from *Create New Tenant* to the tenant's own sign-in, with
/// letters read from the mailboxes of a real Postfix; and the ways in which a tenant goes. One
/// journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class InvitationTest {
  private static final Lab LAB = Lab.running();
  private static final String ORG = "Analytical Engines";
  private static final String ADA = "m" + UUID.randomUUID() + "@tenant.test";
  private static final String PASSWORD = "engines weave algebraic patterns";
  @TempDir static Path data;

  private static Journey journey;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator operator;
  private static Operator ada;
  private static String firstLink = "";

  @BeforeAll
  static void start() {
    journey = Journey.begin(LAB, data, "invitation");
    console = journey.console();
    screens = journey.screens();
    operator = journey.root();
    ada = journey.somebody();
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void without_mail_the_link_can_be_copied() {
    operator.choose("Tenant Management");
    screens.look(operator.page(), "tenants-empty");
    operator.follow("Create New Tenant");
    screens.look(operator.page(), "tenant-new");
    operator.create(ORG, "Ada", "Lovelace", ADA);
    assertTrue(operator.text().contains("waits until SMTP is configured"), operator::text);
    assertTrue(operator.row(ORG).innerText().contains("Queued"), operator::text);
    screens.look(operator.page(), "tenants-queued");
    operator.act(ORG, "Activate");
    assertTrue(operator.field("Activation URL").inputValue().startsWith(console.at("/link/")));
    screens.look(operator.page(), "tenant-activate");
    operator.choose("Mail");
    assertTrue(operator.text().contains(ADA), operator::text);
    screens.look(operator.page(), "mail-without-relay");
  }

  @Test
  @Order(2)
  void saving_a_relay_sends_the_invitation_that_waited() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.tls", "TLS from the start", "alice");
    operator.uploadAuthority(LAB.authority());
    assertEquals("The configuration works", operator.validate());
    operator.press("Save");

    var letter = LAB.mailboxes("postfix").await(ADA);
    firstLink = letter.link("/link/");
    assertTrue(letter.subject().contains(ORG), letter::subject);
    assertTrue(letter.html().contains(firstLink), letter::html);
    assertFalse(letter.html().contains("src="), "remote content in the letter");
    operator.awaitRow("Tenant Management", ORG, "Accepted by the relay");
  }

  @Test
  @Order(3)
  void sending_again_ends_the_first_link_and_keeps_one_alive() {
    operator.act(ORG, "Resend invitation");
    assertTrue(operator.text().contains("the link before works no longer"), operator::text);
    var second = secondLetter().link("/link/");
    ada.page().navigate(firstLink);
    assertEquals(0, ada.buttons("Accept the invitation"), ada::text);
    screens.look(ada.page(), "invitation-ended");
    ada.page().navigate(second);
    screens.look(ada.page(), "invitation");
    operator.awaitRow("Tenant Management", ORG, "Accepted by the relay");
  }

  @Test
  @Order(4)
  void invitation_counts_as_opened_when_its_button_was_pressed() {
    ada.press("Accept the invitation");
    screens.look(ada.page(), "invitation-password");
    operator.awaitRow("Tenant Management", ORG, "Opened");
    ada.fill("Password", PASSWORD).fill("Password again", "another one altogether");
    ada.press("Activate the account");
    assertEquals(1, ada.buttons("Activate the account"), "two passwords that differ were taken");
    screens.look(ada.page(), "invitation-fault");
    ada.fill("Password", PASSWORD).fill("Password again", PASSWORD);
    ada.press("Activate the account");
    assertTrue(ada.text().contains("Your account is active"), ada::text);
    operator.awaitRow("Tenant Management", ORG, "Activated");
  }

  @Test
  @Order(5)
  void tenant_signs_in_on_its_own_page_and_nowhere_else() {
    screens.look(ada.page(), "tenant-sign-in");
    ada.tenantSignIn(ADA, PASSWORD);
    assertTrue(ada.text().contains("administrator of " + ORG), ada::text);
    screens.look(ada.page(), "tenant-home");
    ada.page().navigate(console.at("/system/tenants"));
    assertFalse(ada.text().contains(ADA), "a tenant sees the system console");
    ada.page().navigate(console.at("/"));
    ada.press("Logout");
  }

  @Test
  @Order(6)
  void tenant_marked_for_deletion_is_out_until_it_is_restored() {
    operator.act(ORG, "Delete");
    screens.look(operator.page(), "tenant-delete");
    operator.press("Delete");
    assertTrue(operator.row(ORG).innerText().contains("marked for deletion"), operator::text);
    screens.look(operator.page(), "tenants-marked");
    ada.tenantSignIn(ADA, PASSWORD);
    assertFalse(ada.text().contains("administrator of"), ada::text);
    operator.act(ORG, "Restore");
    assertFalse(operator.row(ORG).innerText().contains("marked"), operator::text);
    ada.tenantSignIn(ADA, PASSWORD);
    assertTrue(ada.text().contains("administrator of " + ORG), ada::text);
  }

  @Test
  @Order(7)
  void clean_up_asks_for_the_name_and_leaves_nothing() {
    operator.act(ORG, "Delete");
    operator.press("Delete");
    operator.act(ORG, "Clean up");
    operator.fill("Type the name to go on", "something else");
    operator.press("Clean up");
    screens.look(operator.page(), "tenant-clean-up");
    assertEquals(1, operator.buttons("Clean up"), "another name was taken");
    operator.fill("Type the name to go on", ORG);
    operator.press("Clean up");
    assertEquals(0, operator.row(ORG).count(), operator::text);
    operator.choose("Mail");
    assertFalse(operator.text().contains(ADA), "its mail is still there");
  }

  @Test
  @Order(8)
  void force_removes_a_tenant_at_once() {
    operator.choose("Tenant Management");
    operator.follow("Create New Tenant");
    operator.create("Short-lived", "Grace", "Hopper", "m" + UUID.randomUUID() + "@tenant.test");
    operator.act("Short-lived", "Force Cleanup & Delete");
    screens.look(operator.page(), "tenant-force");
    operator.fill("Type the name to go on", "Short-lived");
    operator.press("Force Cleanup & Delete");
    assertEquals(0, operator.row("Short-lived").count(), operator::text);
  }

  @Test
  @Order(9)
  void sample_of_a_letter_reaches_the_mailbox() {
    var to = "m" + UUID.randomUUID() + "@tenant.test";
    operator.openTab("Letters");
    screens.look(operator.page(), "letters");
    operator.fill("Send a sample to", to);
    operator.press("Send sample");
    assertTrue(LAB.mailboxes("postfix").await(to).text().contains("sample"));
    operator.choose("Mail");
    screens.look(operator.page(), "mail");
    operator.row(to).getByRole(AriaRole.LINK).first().click();
    screens.look(operator.page(), "mail-one");
  }

  @Test
  @Order(10)
  void every_other_page_is_fit_for_everybody() {
    operator.choose("Overview");
    screens.look(operator.page(), "overview");
    operator.openTab("Audit");
    screens.look(operator.page(), "audit");
    operator.openTab("Instance");
    screens.look(operator.page(), "instance");
    for (var path : new String[] {"/docs/api", "/system/login", "/system/nothing-here"}) {
      ada.page().navigate(console.at(path));
      screens.look(ada.page(), path.substring(1).replace('/', '-'));
    }
    assertFalse(console.output().contains(PASSWORD));
    screens.assertNoComplaints();
  }

  private static Letter secondLetter() {
    var second = LAB.mailboxes("postfix").await(ADA, letter -> !letter.text().contains(firstLink));
    assertNotEquals(firstLink, second.link("/link/"));
    return second;
  }
}
