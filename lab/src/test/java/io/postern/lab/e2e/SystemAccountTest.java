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

/// System accounts: made, activated and reset by links that Postfix delivers and that can be copied
/// as well. One journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class SystemAccountTest {
  private static final Lab LAB = Lab.running();
  private static final String MENU = "Account Management";
  private static final String GRACE = "m" + UUID.randomUUID() + "@lab.test";
  private static final String PASSWORD = "nanoseconds of copper wire";
  private static final String NEW_PASSWORD = "compilers read what people write";
  @TempDir static Path data;

  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator root;
  private static Operator grace;
  private static String activation = "";

  @BeforeAll
  static void start() {
    console = ConsoleProcess.start(LAB.project().resolve("postern"), data);
    screens = Screens.open(Path.of("target", "screens", "accounts"));
    root = new Operator(console, screens.stranger());
    grace = new Operator(console, screens.stranger());
    root.page().navigate(console.setupLink());
    root.setUp();
    root.openTab("SMTP");
    root.relay(LAB, "postfix.starttls", "STARTTLS", "alice").uploadAuthority(LAB.authority());
    assertEquals("The configuration works", root.validate());
    root.press("Save");
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
  }

  @Test
  @Order(1)
  void activation_link_of_a_new_account_is_mailed() {
    root.choose(MENU);
    screens.look(root.page(), "accounts-one");
    root.follow("Create account");
    screens.look(root.page(), "account-new");
    root.fill("First Name", "Grace").fill("Last Name", "Hopper").fill("Email", GRACE);
    root.choice("Operations Administrator").check();
    root.press("Create account");
    screens.look(root.page(), "accounts-pending");
    activation = LAB.mailboxes("postfix").await(GRACE).link("/link/");
  }

  @Test
  @Order(1)
  void activation_link_that_was_mailed_can_be_copied_too() {
    var kay = "m" + UUID.randomUUID() + "@lab.test";
    root.choose(MENU);
    root.follow("Create account");
    root.fill("Email", kay);
    root.choice("Account Administrator").check();
    root.press("Create account");
    root.act(MENU, kay, "Show activation link");
    var mailed = LAB.mailboxes("postfix").await(kay).link("/link/");
    assertEquals(mailed, root.field("Activation link").inputValue());
    screens.look(root.page(), "account-link");
  }

  @Test
  @Order(2)
  void owner_activates_the_account_and_sees_what_the_role_may() {
    grace.page().navigate(activation);
    screens.look(grace.page(), "account-activation");
    grace.choosePassword(PASSWORD);
    grace.signIn(GRACE, PASSWORD);
    screens.look(grace.page(), "overview-operations");
    assertEquals(0, grace.menuEntries(MENU), "Operations sees Account Management");
    grace.page().navigate(console.at("/system/accounts"));
    assertFalse(grace.text().contains("Operations Administrator"), grace::text);
    screens.look(grace.page(), "accounts-not-allowed");
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
  }

  @Test
  @Order(4)
  void deleting_asks_for_the_address_and_ends_the_sessions() {
    root.act(MENU, GRACE, "Delete");
    screens.look(root.page(), "account-delete");
    root.fill("Type " + GRACE + " to go on", GRACE);
    root.press("Delete");
    root.choose(MENU);
    assertEquals(0, root.row(GRACE).count(), root::text);
    grace.page().navigate(console.at("/system"));
    assertEquals(1, grace.buttons("Sign in"), grace::text);
    assertTrue(console.output().lines().noneMatch(line -> line.contains(NEW_PASSWORD)));
    screens.assertNoComplaints();
  }
}
