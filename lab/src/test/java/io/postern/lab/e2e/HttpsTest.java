package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.postern.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console is given a certificate of its own making, and back to HTTP, as an operator does it.
@Tag("lab")
class HttpsTest {
  private static final String PATH = "/system/administration/instance/certificate";
  private static final String MOVED = "The console is at another address now";
  @TempDir static Path data;
  private static ConsoleProcess console;
  private static Screens screens;

  @BeforeAll
  static void start() {
    console = ConsoleProcess.start(Lab.running().project().resolve("postern"), data);
    screens = Screens.open(Path.of("target", "screens", "https"));
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
  }

  @Test
  void to_https_and_back_each_step_says_where_the_console_is() {
    var before = new Operator(console, screens.stranger());
    before.page().navigate(console.setupLink());
    before.setUp();
    before.page().navigate(console.at(PATH));
    screens.look(before.page(), "without");
    before.press("Make a self-signed certificate");
    before.awaitText(MOVED);
    screens.look(before.page(), "moved");

    var operator = new Operator(console, screens.trusting());
    follow(before, operator);
    operator.signInHere(Operator.EMAIL, Operator.PASSWORD);
    operator.page().navigate(operator.page().url().replaceFirst("/system.*", PATH));
    screens.look(operator.page(), "with");
    operator
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Remove the certificate"))
        .click();
    operator.awaitText("in clear text");
    screens.look(operator.page(), "removal");
    operator.press("Remove the certificate");
    operator.awaitText(MOVED);

    var after = new Operator(console, screens.stranger());
    follow(operator, after);
    after.signInHere(Operator.EMAIL, Operator.PASSWORD);
    assertTrue(after.page().url().startsWith("http://"), after.page()::url);
    screens.assertNoComplaints();
  }

  /// Goes where the page says that the console is, as soon as it is there.
  private static void follow(Operator told, Operator next) {
    var address = told.page().locator("main p a").first().innerText();
    next.open(address);
  }
}
