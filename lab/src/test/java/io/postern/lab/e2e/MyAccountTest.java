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

/// The address of the admin user: verified, changed and kept by letters that Postfix delivers, and
/// the way back after a forgotten password. One journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class MyAccountTest {
  private static final Lab LAB = Lab.running();
  private static final String FIRST = Operator.EMAIL;
  private static final String SECOND = "m" + UUID.randomUUID() + "@lab.test";
  private static final String THIRD = "m" + UUID.randomUUID() + "@lab.test";
  private static final String NEW_PASSWORD = "another four words do as well";
  @TempDir static Path data;

  private static Journey journey;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator admin;
  private static Operator reader;
  private static String verification = "";

  @BeforeAll
  static void start() {
    journey = Journey.begin(LAB, data, "my-account");
    console = journey.console();
    screens = journey.screens();
    admin = journey.root();
    reader = journey.somebody();
    admin.choose("My Account");
    screens.look(admin.page(), "without-mail");
    journey.saveRelay();
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void first_address_is_verified_once_mail_works() {
    admin.choose("My Account");
    admin.press("Send the verification letter");
    verification = linkTo(FIRST, "");
    reader.page().navigate(verification);
    screens.look(reader.page(), "verify");
    reader.pressPrimary();
    admin.choose("My Account");
    assertFalse(admin.text().contains("not verified"), admin::text);
  }

  @Test
  @Order(2)
  void new_address_is_in_force_once_its_owner_confirmed() {
    change(SECOND);
    assertTrue(admin.text().contains(SECOND + " must be confirmed"), admin::text);
    screens.look(admin.page(), "waiting");
    var notice = linkTo(FIRST, verification);
    assertFalse(notice.isEmpty());
    reader.page().navigate(linkTo(SECOND, ""));
    screens.look(reader.page(), "confirm");
    admin.choose("My Account");
    assertTrue(admin.text().contains("must be confirmed"), "fetching the link changed something");
    reader.pressPrimary();
    screens.look(reader.page(), "confirmed");
    admin.choose("My Account");
    assertTrue(admin.text().contains(SECOND), admin::text);
    screens.look(admin.page(), "changed");
  }

  @Test
  @Order(3)
  void old_address_can_stop_a_change() {
    change(THIRD);
    var confirm = linkTo(THIRD, "");
    var stop = LAB.mailboxes("postfix").await(SECOND, letter -> letter.text().contains(THIRD));
    reader.page().navigate(stop.link("/link/"));
    screens.look(reader.page(), "stop");
    reader.pressPrimary();
    reader.page().navigate(confirm);
    assertFalse(reader.text().contains("Confirm"), reader::text);
    admin.signIn(SECOND, Operator.PASSWORD);
    admin.choose("My Account");
    assertFalse(admin.text().contains("must be confirmed"), admin::text);
  }

  @Test
  @Order(4)
  void forgotten_password_is_replaced_by_a_letter() {
    reader.page().navigate(console.at("/system/login"));
    reader.follow("Forgot password?");
    screens.look(reader.page(), "forgot");
    reader.fill("Email", SECOND);
    reader.press("Send the letter");
    screens.look(reader.page(), "forgot-asked");
    var letter =
        LAB.mailboxes("postfix").await(SECOND, each -> each.subject().contains("password"));
    reader.page().navigate(letter.link("/link/"));
    screens.look(reader.page(), "reset");
    reader.choosePassword(NEW_PASSWORD);
    reader.signIn(SECOND, NEW_PASSWORD);
    assertEquals(0, reader.buttons("Sign in"), reader::text);
  }

  @Test
  @Order(5)
  void every_tab_is_fit_for_everybody() {
    reader.choose("My Account");
    for (var tab : reader.tabs()) {
      reader.follow(tab);
      screens.look(reader.page(), "tab-" + tab.replace(' ', '-'));
    }
    assertFalse(console.output().contains("/link/"), "a link was printed");
    screens.assertNoComplaints();
  }

  private static void change(String address) {
    admin.choose("My Account");
    admin.fill("Email", address).fill("Current Password", Operator.PASSWORD);
    admin.press("Apply");
  }

  /// The link of this console in the mailbox; the address of the admin is shared with other tests.
  private static String linkTo(String address, String not) {
    return LAB.mailboxes("postfix")
        .await(
            address,
            letter ->
                letter.text().contains(console.at("/link/"))
                    && (not.isEmpty() || !letter.text().contains(not)))
        .link("/link/");
  }
}
