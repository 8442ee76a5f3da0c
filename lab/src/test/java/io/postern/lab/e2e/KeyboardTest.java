package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.postern.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job by keyboard alone, and without scripts: setup link, account, SMTP tab, Validate,
/// Save.
@Tag("lab")
class KeyboardTest {
  private static final Lab LAB = Lab.running();
  @TempDir static Path data;
  private static ConsoleProcess console;
  private static Screens screens;

  @BeforeAll
  static void start() {
    console = ConsoleProcess.start(LAB.project().resolve("postern"), data);
    screens = Screens.open(Path.of("target", "screens", "keyboard"));
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
  }

  @Test
  void main_job_needs_no_mouse_and_no_script() {
    var page = screens.stranger().newPage();
    page.navigate(console.setupLink());
    var keys = new Keyboard(page);
    keys.type("Email", Operator.EMAIL).type("Password", Operator.PASSWORD);
    keys.type("Password again", Operator.PASSWORD).press("Create the root account");
    page.getByText("Last accepted").waitFor();
    keys.press("Administration");
    page.locator("#smtp-form").waitFor();
    keys.type("Outgoing Server", LAB.host());
    keys.type("Outgoing Port", String.valueOf(LAB.port("postfix.none")));
    keys.to("STARTTLS");
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");
    keys.type("From Email", LAB.address("alice")).type("Username", LAB.address("alice"));
    keys.type("Password", LAB.password("alice")).press("Validate configuration");
    page.locator(".verdict.passed").waitFor();
    assertEquals("Validate configuration", keys.focused(), "the focus was lost");
    keys.press("Save");
    page.getByText("It was validated.").waitFor();

    var operator = new Operator(console, screens.withoutScripts());
    operator.signIn();
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.none", "None", "alice").fill("Password", "not the password");
    operator.press("Validate configuration");
    operator.page().locator(".verdict.broken").waitFor();
    assertEquals("failed", operator.rung("Sign-in"));
    assertEquals(LAB.host(), operator.field("Outgoing Server").inputValue());
    operator.fill("Password", LAB.password("alice")).press("Validate configuration");
    operator.page().locator(".verdict.passed").waitFor();
    operator.press("Save");
    assertTrue(operator.text().contains("It was validated."), operator::text);
  }

  /// A person who has only the keys, and must see where they are.
  private record Keyboard(Page page) {
    private static final int TABS_MAX = 60;

    /// Tabs to what is called this.
    Keyboard to(String name) {
      for (var i = 0; i < TABS_MAX; i++) {
        page.keyboard().press("Tab");
        if (focused().equals(name)) {
          var outline =
              page.evaluate(
                  "(e => getComputedStyle(e.closest('.segmented label') ?? e).outlineStyle)(document.activeElement)");
          assertFalse("none".equals(outline), name + ": nothing shows the focus");
          return this;
        }
      }
      throw new AssertionError("not reached by Tab: " + name);
    }

    Keyboard type(String label, String text) {
      to(label);
      page.keyboard().press("Control+A");
      page.keyboard().type(text);
      return this;
    }

    Keyboard press(String name) {
      to(name);
      page.keyboard().press("Enter");
      return this;
    }

    /// The name of what has the focus.
    String focused() {
      return String.valueOf(
          page.evaluate(
              "(e => (e.labels?.[0]?.firstChild.textContent || e.labels?.[0]?.innerText || e.innerText || '').trim())(document.activeElement)"));
    }
  }
}
