package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.postern.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A passkey from its first day to its last, in Chromium with its virtual authenticator. One
/// journey, in this order, on one console.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class PasskeyTest {
  @TempDir static Path data;

  private static Journey journey;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator admin;
  private static String code = "";

  @BeforeAll
  static void start() {
    journey = Journey.begin(Lab.running(), data, "passkeys");
    console = journey.console();
    screens = journey.screens();
    admin = journey.root();
    authenticator(admin.page());
  }

  @AfterAll
  static void stop() {
    journey.close();
  }

  @Test
  @Order(1)
  void passkey_is_added_and_recovery_codes_are_kept() {
    admin.choose("My Account");
    admin.follow("Passkeys");
    screens.look(admin.page(), "none");
    admin.fill("Name", "Laptop");
    admin.press("Add a passkey");
    row("Laptop");
    screens.look(admin.page(), "one");
    admin.press("Make new recovery codes");
    code = admin.page().locator("#codes").innerText().lines().findFirst().orElseThrow();
    screens.look(admin.page(), "codes");
    admin.follow("I have kept them");
    assertTrue(admin.text().contains("10 codes are left"), admin::text);
  }

  @Test
  @Order(2)
  void password_and_passkey_sign_in() {
    admin.press("Logout");
    admin.signIn();
    assertTrue(admin.text().contains("The password is right"), admin::text);
    screens.look(admin.page(), "second-step");
    admin.press("Use a passkey");
    admin.page().waitForURL("**/system");
  }

  @Test
  @Order(3)
  void passkey_alone_signs_in_by_keyboard() {
    admin.press("Logout");
    screens.look(admin.page(), "sign-in");
    admin
        .page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in with a passkey"))
        .focus();
    admin.page().keyboard().press("Enter");
    admin.page().waitForURL("**/system");
  }

  @Test
  @Order(4)
  void recovery_code_stands_in_for_a_lost_device() {
    admin.press("Logout");
    admin.signIn();
    admin.page().getByText("I do not have my passkey").click();
    admin.fill("Recovery code", code);
    screens.look(admin.page(), "code");
    admin.press("Use the code");
    assertTrue(admin.text().contains("9 are left"), admin::text);
  }

  @Test
  @Order(5)
  void lost_passkey_is_removed_and_the_password_signs_in_again() {
    admin.page().getByLabel("Rename or remove Laptop").click();
    screens.look(admin.page(), "remove");
    admin.press("Remove this passkey");
    assertTrue(admin.text().contains("Laptop is removed"), admin::text);
    admin.press("Logout");
    admin.signIn();
    assertEquals(0, admin.buttons("Sign in"), admin::text);
    assertFalse(console.output().contains(code), "a recovery code was printed");
    screens.assertNoComplaints();
  }

  @Test
  @Order(6)
  void under_another_address_the_page_says_where_passkeys_work() {
    admin.press("Logout");
    admin.page().navigate(console.at("/system/login").replace("localhost", "127.0.0.1"));
    assertTrue(admin.text().contains("Passkeys work only at http://localhost:"), admin::text);
  }

  private static void row(String name) {
    admin.row(name).waitFor();
  }

  /// A device that verifies its owner, as `WebAuthn.addVirtualAuthenticator` of the DevTools
  /// protocol makes it.
  private static void authenticator(Page page) {
    var devtools = page.context().newCDPSession(page);
    devtools.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var whole = new JsonObject();
    whole.add("options", options);
    devtools.send("WebAuthn.addVirtualAuthenticator", whole);
  }
}
