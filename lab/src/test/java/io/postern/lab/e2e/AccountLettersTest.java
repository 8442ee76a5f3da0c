package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/// The letters of a system account: activated and reset by links that Postfix delivers. One
/// journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class AccountLettersTest {
  private static final Lab LAB = Lab.running();
  private static final String MENU = "Account Management";
  private static final String GRACE = "m" + UUID.randomUUID() + "@lab.test";
  private static final String PASSWORD = "nanoseconds of copper wire";
  private static final String NEW_PASSWORD = "compilers read what people write";
  @TempDir static Path data;

  private static Journey journey;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator root;
  private static Operator grace;
  private static String activation = "";

  @BeforeAll
  static void start() {
    journey = Journey.begin(LAB, data, "account-letters");
    console = journey.console();
    screens = journey.screens();
    root = journey.root();
    grace = journey.somebody();
    journey.saveRelay();
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void activation_link_of_a_new_account_is_mailed() {
    root.choose(MENU);
    root.follow("Create account");
    root.fill("First Name", "Grace").fill("Last Name", "Hopper").fill("Email", GRACE);
    root.choice("Operations Administrator").check();
    root.press("Create account");
    activation = LAB.mailboxes("postfix").await(GRACE).link("/link/");
  }

  @Test
  @Order(2)
  void owner_activates_the_account_and_signs_in() {
    grace.page().navigate(activation);
    grace.fill("Password", PASSWORD).fill("Password again", PASSWORD);
    grace.press("Activate the account");
    grace.signIn(GRACE, PASSWORD);
    assertEquals(0, grace.buttons("Sign in"), grace::text);
  }

  @Test
  @Order(3)
  void reset_link_reaches_the_mailbox_and_ends_the_old_password() {
    root.act(MENU, GRACE, "Send password reset");
    assertTrue(root.text().contains("is queued to " + GRACE), root::text);
    var letter = LAB.mailboxes("postfix").await(GRACE, each -> !each.text().contains(activation));
    var owner = new Operator(console, screens.stranger());
    owner.page().navigate(letter.link("/link/"));
    screens.look(owner.page(), "account-reset");
    owner.choosePassword(NEW_PASSWORD);
    owner.signIn(GRACE, PASSWORD);
    assertEquals(1, owner.buttons("Sign in"), "the old password still signs in");
    owner.signIn(GRACE, NEW_PASSWORD);
    assertEquals(0, owner.buttons("Sign in"), owner::text);
    grace.page().navigate(console.at("/system"));
    assertEquals(1, grace.buttons("Sign in"), "the session of before is still good");
    screens.assertNoComplaints();
  }
}
