package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

/// System accounts in a real browser with letters through a real Postfix: created, activated by the
/// letter, given a new password by a copied link, given another role, deleted. One journey, in this
/// order; the row menus are used by keyboard.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class ManageAccountsTest {
  private static final Lab LAB = Lab.running();
  private static final String ADA = LAB.address("ada" + UUID.randomUUID());
  private static final String PASSWORD = "five random words do too";
  @TempDir static Path data;

  private static Journey journey;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator operator;
  private static Page owner;
  private static String mailed = "";

  @BeforeAll
  static void start() {
    journey = Journey.begin(LAB, data, "accounts");
    console = journey.console();
    screens = journey.screens();
    operator = journey.root();
    owner = screens.stranger().newPage();
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void one_account_alone_is_advised_to_get_a_second() {
    operator.choose("Account Management");
    assertTrue(operator.text().contains("One account only"), operator::text);
    screens.look(operator.page(), "one-account");
  }

  @Test
  @Order(2)
  void what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    operator.follow("Create account");
    screens.look(operator.page(), "create");
    operator.fill("First Name", "Ada").fill("Last Name", "Lovelace");
    operator.fill("Email", "ada@localhost@lab.test");
    operator.page().getByLabel("Operations Administrator").check();
    // The browser would refuse it first; what the server says is what is looked at.
    operator.page().evaluate("document.querySelector('main form').noValidate = true");
    operator.press("Create account");
    assertEquals("Ada", operator.field("First Name").inputValue());
    assertTrue(operator.page().getByLabel("Operations Administrator").isChecked());
    screens.look(operator.page(), "create-refused");
  }

  @Test
  @Order(3)
  void activation_letter_and_copied_link_are_one() {
    journey.saveRelay();
    operator.choose("Account Management");
    operator.follow("Create account");
    operator.fill("First Name", "Ada").fill("Last Name", "Lovelace").fill("Email", ADA);
    operator.page().getByLabel("Operations Administrator").check();
    operator.press("Create account");
    assertTrue(operator.text().contains("Ada Lovelace is created"), operator::text);
    mailed = LAB.mailboxes("postfix").await(ADA).link("/link/");
    operator.page().reload();
    openMenu(ADA);
    screens.look(operator.page(), "menu");
    operator.choose("Account Management");
    choose(ADA, "Show activation link");
    assertEquals(mailed, operator.field("Activation link").inputValue());
    screens.look(operator.page(), "link");
  }

  @Test
  @Order(4)
  void owner_sets_the_password_and_signs_in() {
    owner.navigate(mailed);
    screens.look(owner, "activate");
    owner.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    owner.getByLabel("Password again").fill(PASSWORD);
    owner.getByText("Activate the account").click();
    owner.getByLabel("Email").fill(ADA);
    owner.getByLabel("Password").fill(PASSWORD);
    owner
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    assertTrue(owner.locator("nav.menu").first().innerText().contains("Tenant Management"));
    assertFalse(owner.locator("nav.menu").first().innerText().contains("Account Management"));
    operator.choose("Account Management");
    screens.look(operator.page(), "two-accounts");
  }

  @Test
  @Order(5)
  void role_is_changed_and_holds_at_once() {
    choose(ADA, "Change role");
    screens.look(operator.page(), "role");
    operator.page().getByLabel("Account Administrator").check();
    operator.press("Change role");
    assertTrue(operator.text().contains("Account Administrator from now on"), operator::text);
    owner.reload();
    assertTrue(owner.locator("nav.menu").first().innerText().contains("Account Management"));
  }

  @Test
  @Order(6)
  void deletion_asks_for_the_address_and_ends_the_session() {
    choose(ADA, "Delete");
    operator.fill("Type the", "somebody else");
    operator.press("Delete");
    assertTrue(operator.text().contains("does not match"), operator::text);
    screens.look(operator.page(), "delete-refused");
    operator.fill("Type the", ADA);
    operator.press("Delete");
    assertTrue(operator.text().contains("is deleted"), operator::text);
    owner.reload();
    assertTrue(owner.url().contains("/system/login"), owner.url());
  }

  @Test
  @Order(7)
  void no_link_was_printed_and_every_page_is_fit_for_everybody() {
    assertFalse(console.output().contains("/link/"));
    screens.assertNoComplaints();
  }

  /// Opens the row's menu as a keyboard does.
  private static void openMenu(String email) {
    var menu = operator.page().getByLabel("Actions for " + email);
    menu.focus();
    menu.press("Enter");
  }

  /// Opens the row's menu and walks to the entry by Tab.
  private static void choose(String email, String entry) {
    openMenu(email);
    for (var steps = 0; steps < 10; steps++) {
      operator.page().keyboard().press("Tab");
      var focused = operator.page().evaluate("document.activeElement.textContent.trim()");
      if (entry.equals(focused)) {
        operator.page().keyboard().press("Enter");
        operator.page().waitForLoadState();
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + entry);
  }
}
