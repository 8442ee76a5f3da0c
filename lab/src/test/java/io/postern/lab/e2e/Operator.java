package io.postern.lab.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import io.postern.lab.Lab;
import java.nio.file.Path;
import java.util.List;

/// An operator at the browser: does what a person does, finding everything by its label.
final class Operator {
  static final String EMAIL = "alice@lab.test";
  static final String PASSWORD = "four random words do well";

  /// The longest that one validation may take; Postern itself gives up after 90 seconds.
  private static final double VERDICT_WITHIN_MILLIS = 120_000;

  private final ConsoleProcess console;
  private final Page page;

  Operator(ConsoleProcess console, BrowserContext browser) {
    this.console = console;
    this.page = browser.newPage();
  }

  Page page() {
    return page;
  }

  /// Creates the account that may do everything, on the page of the setup link.
  void setUp() {
    fill("Email", EMAIL);
    fill("Password", PASSWORD);
    fill("Password again", PASSWORD);
    press("Create the root account");
  }

  void signIn() {
    signIn(EMAIL, PASSWORD);
  }

  void signIn(String email, String password) {
    page.navigate(console.at("/system"));
    signInHere(email, password);
  }

  /// On the page that asks for it.
  void signInHere(String email, String password) {
    fill("Email", email);
    fill("Password", password);
    press("Sign in");
  }

  /// Goes there as soon as somebody answers.
  void open(String address) {
    page.waitForCondition(() -> {
      try {
        page.navigate(address);
        return true;
      } catch (PlaywrightException _) {
        // Nobody, or somebody who speaks another language yet.
        return false;
      }
    });
  }

  /// On the page of an activation or reset link.
  void choosePassword(String password) {
    fill("New password", password);
    fill("New password again", password);
    press("Set the password");
  }

  /// Main Menu, then the tab of Administration.
  void openTab(String tab) {
    choose("Administration");
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Administration"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(tab).setExact(true))
        .click();
  }

  /// An entry of the Main Menu.
  void choose(String entry) {
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main Menu"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(entry))
        .first()
        .click();
  }

  /// @param label its beginning is enough: fields that may stay empty say so in their label
  Operator fill(String label, String value) {
    field(label).fill(value);
    return this;
  }

  Locator field(String label) {
    var exact = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    return exact.count() > 0 ? exact.first() : page.getByLabel(label).first();
  }

  void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /// Fills in the relay that stands behind this door of the lab.
  ///
  /// @param user signs in; empty: anonymous
  Operator relay(Lab lab, String door, String security, String user) {
    fill("Outgoing Server", lab.host());
    fill("Outgoing Port", String.valueOf(lab.port(door)));
    page.getByLabel(security, new Page.GetByLabelOptions().setExact(true)).check();
    fill("From Email", lab.address("alice"));
    fill("Username", user.isEmpty() ? "" : lab.address(user));
    fill("Password", user.isEmpty() ? "" : lab.password(user));
    return this;
  }

  /// Presses *Validate configuration* and waits for the verdict.
  ///
  /// @return its heading
  String validate() {
    press("Validate configuration");
    return verdict();
  }

  /// The heading of the verdict, once there is one.
  String verdict() {
    page.locator(".verdict.passed:not(.stale), .verdict.broken:not(.stale)")
        .first()
        .waitFor(new Locator.WaitForOptions().setTimeout(VERDICT_WITHIN_MILLIS));
    return page.locator(".verdict h2").first().innerText();
  }

  /// How a rung ended: passed, failed, warned, not reached.
  String rung(String name) {
    return rungsNamed(name).first().locator(".mark").getAttribute("aria-label");
  }

  /// Waits until the page says this.
  void awaitText(String text) {
    page.waitForCondition(() -> text().contains(text));
  }

  /// Waits until a rung of the page that stays open has ended so.
  void awaitRung(String name, String outcome) {
    page.waitForCondition(() -> rung(name).equals(outcome));
  }

  /// How many rungs have this name.
  int rungs(String name) {
    return rungsNamed(name).count();
  }

  /// What the page says to whoever reads it.
  String text() {
    return page.locator("main").innerText();
  }

  void follow(String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
        .first()
        .click();
  }

  /// Opens what the form keeps folded, certificates and names, by the link that leads there.
  Operator openMore() {
    if (!field("Certificates").isVisible()) {
      follow("Trust one certificate instead");
    }
    return this;
  }

  /// Folds it again.
  Operator fold() {
    page.locator("#trust > summary").click();
    return this;
  }

  /// A radio button or a box, by the beginning of its label.
  Locator choice(String label) {
    return page.getByLabel(label).first();
  }

  /// The one button that the page is for.
  void pressPrimary() {
    page.locator("main button.primary").click();
  }

  /// What the tabs of the page are called.
  List<String> tabs() {
    return page.locator("main .tabs a").allInnerTexts();
  }

  /// Uploads a certificate into *Certificates*.
  void uploadAuthority(Path pem) {
    openMore();
    page.getByLabel("Upload a file").setInputFiles(pem);
    page.waitForCondition(() -> !field("Certificates").inputValue().isEmpty());
  }

  /// Fills in and sends the form of *Create New Tenant*.
  void create(String org, String firstName, String lastName, String email) {
    fill("Org Name", org).fill("First Name", firstName).fill("Last Name", lastName);
    fill("Email", email);
    press("Create and invite");
  }

  /// The row of a table that contains this text.
  Locator row(String text) {
    return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
  }

  /// An entry of a tenant's menu.
  void act(String row, String action) {
    act("Tenant Management", row, action);
  }

  /// An entry of a row's menu, on the page of this entry of the Main Menu.
  void act(String entry, String row, String action) {
    choose(entry);
    row(row).locator("summary").click();
    row(row)
        .locator(".rowmenu")
        .getByText(action, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  /// Opens an entry of the Main Menu again and again until a row says this.
  void awaitRow(String entry, String row, String text) {
    page.waitForCondition(() -> {
      choose(entry);
      return row(row).innerText().contains(text);
    });
  }

  /// How many buttons are called this.
  int buttons(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .count();
  }

  /// At `/`, where tenants sign in.
  void tenantSignIn(String email, String password) {
    page.navigate(console.at("/"));
    fill("Email", email);
    fill("Password", password);
    press("Sign in");
  }

  private Locator rungsNamed(String name) {
    return page.locator("ol.ladder li")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.locator(".name", new Page.LocatorOptions().setHasText(name))));
  }
}
