package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.lab.Lab;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The main job in a real browser against a real Postfix: from the printed setup link to a saved
/// relay. The steps are one journey, in this order, on one console. An operator may validate ten
/// times a minute; the restart in the middle starts that count anew.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class ConfigureSmtpTest {
  private static final Lab LAB = Lab.running();
  private static final String WORKS = "The configuration works";
  @TempDir static Path data;

  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator operator;

  @BeforeAll
  static void start() {
    console = ConsoleProcess.start(LAB.project().resolve("postern"), data);
    screens = Screens.open(Path.of("target", "screens", "smtp"));
    operator = new Operator(console, screens.stranger());
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
  }

  @Test
  @Order(1)
  void setup_link_creates_the_root_account_and_the_smtp_tab_opens() {
    operator.page().navigate(console.setupLink());
    screens.look(operator.page(), "setup");
    operator.setUp();
    operator.press("Logout");
    operator.signIn();
    operator.openTab("SMTP");
    screens.look(operator.page(), "smtp-empty");
    assertEquals("", operator.field("Outgoing Server").inputValue());
  }

  @Test
  @Order(2)
  void authority_is_unknown_until_it_is_trusted_and_live_rungs_say_so() {
    operator.relay(LAB, "postfix.starttls", "STARTTLS", "alice");
    var heading = operator.validate();
    assertEquals("failed", operator.rung("Certificate"), heading);
    assertEquals("not reached", operator.rung("Sign-in"), "the password was sent to a stranger");
    screens.look(operator.page(), "smtp-unknown-authority");
  }

  @Test
  @Order(3)
  void authority_is_trusted_for_this_relay_with_the_password_that_was_typed() {
    operator.press("Trust this authority for this relay and validate");
    assertEquals(WORKS, operator.verdict());
    assertEquals("passed", operator.rung("Sign-in"));
    screens.look(operator.page(), "smtp-trusted");
  }

  @Test
  @Order(4)
  void wrong_password_is_named_and_what_was_typed_stays() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.starttls", "STARTTLS", "alice");
    operator.uploadAuthority(LAB.authority());
    assertTrue(operator.text().contains("trusts its own"), operator::text);
    operator.fill("Certificates", "");
    assertFalse(operator.text().contains("trusts its own"), "the badge outlived what it is about");
    operator.uploadAuthority(LAB.authority());
    operator.fill("Password", "not the password");
    operator.validate();
    assertEquals("failed", operator.rung("Sign-in"));
    screens.awaitInSight(
        operator.page(), "smtp-wrong-password-in-sight", ".verdict h2", ".ladder .failed");
    assertEquals(LAB.address("alice"), operator.field("Username").inputValue());
    screens.look(operator.page(), "smtp-wrong-password");
  }

  @Test
  @Order(5)
  void test_message_reaches_the_mailbox_before_anything_is_saved() {
    var to = LAB.address("m" + UUID.randomUUID());
    operator.fill("Password", LAB.password("alice"));
    operator.fill("Test recipient", to);
    assertEquals(WORKS, operator.validate());
    assertEquals("passed", operator.rung("Message"));
    var message = LAB.mailboxes("postfix").await(to);
    screens.look(operator.page(), "smtp-valid");

    var reader = new Operator(console, screens.stranger());
    reader.page().navigate(message.link("/link/arrived/"));
    screens.look(reader.page(), "arrival-link");
    assertEquals("waiting", operator.rung("Arrival"), "a link that was only opened proves nothing");
    reader.press("I received this");
    screens.look(reader.page(), "arrival-noted");
    operator.awaitRung("Arrival", "passed");
    assertTrue(operator.text().contains("The message for " + to + " arrived"), operator::text);
    screens.look(operator.page(), "smtp-arrived");
  }

  @Test
  @Order(6)
  void saved_relay_survives_a_restart_without_its_password() {
    operator.press("Save");
    assertTrue(operator.text().contains("It was validated."), operator::text);
    operator.openMore().fill("From name", "Postern");
    operator.press("Save");
    assertTrue(operator.text().contains("version 2"), operator::text);
    console.restart();
    operator.page().reload();
    assertEquals(LAB.host(), operator.field("Outgoing Server").inputValue());
    assertEquals("", operator.field("Password").inputValue());
    assertEquals(WORKS, operator.validate(), "the stored password still signs in");
    screens.look(operator.page(), "smtp-saved");
  }

  @Test
  @Order(7)
  void history_shows_versions_without_secrets_and_use_again_keeps_a_password_that_serves() {
    operator.follow("History");
    screens.look(operator.page(), "smtp-history");
    var html = operator.page().content();
    assertFalse(html.contains(LAB.password("alice")), "the password is on the page");
    operator.press("Use again");
    assertTrue(operator.text().contains("Validate, then save"), operator::text);
    assertEquals("", operator.field("Password").inputValue());
    screens.look(operator.page(), "smtp-use-again");
  }

  @ParameterizedTest(name = "{1}, {0}, {2}")
  @Order(8)
  @CsvSource({
    "postfix.starttls, STARTTLS, alice",
    "postfix.tls, TLS from the start, alice",
    "postfix.tls, TLS from the start, carol",
    "postfix.noauth, STARTTLS, ''",
    "postfix.mx, None, ''",
  })
  void unsaved_values_are_validated(String door, String security, String user) {
    operator.openTab("SMTP");
    operator.relay(LAB, door, security, user);
    if (!security.equals("None")) {
      operator.uploadAuthority(LAB.authority());
    }
    assertEquals(WORKS, operator.validate());
    assertEquals(user.isEmpty() ? 0 : 1, operator.rungs("Sign-in"));
  }

  @Test
  @Order(9)
  void password_in_clear_text_needs_consent_except_on_this_machine() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.none", "None", "alice");
    assertEquals(WORKS, operator.validate());
    operator.fill("Outgoing Server", "mail.example.com");
    operator.press("Validate configuration");
    operator.field("Send the password in clear text").waitFor();
    assertEquals("mail.example.com", operator.field("Outgoing Server").inputValue());
    screens.look(operator.page(), "smtp-clear-text");
  }

  @Test
  @Order(10)
  void verification_is_skipped_only_with_a_warning() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.starttls.selfsigned", "STARTTLS", "alice");
    operator.field("Insecure Skip TLS Verify").check();
    assertEquals(WORKS, operator.validate());
    assertEquals("warned", operator.rung("Certificate"));
    screens.look(operator.page(), "smtp-skip-verify");
  }

  @Test
  @Order(11)
  void password_is_never_printed_and_every_page_is_fit_for_everybody() {
    assertFalse(console.output().contains(LAB.password("alice")));
    screens.assertNoComplaints();
  }
}
