package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A headless Chromium, and the look at a page that every page gets: light, dark, narrow, axe.
final class Screens implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final List<String> WCAG_22_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int NARROW = 360;
  private static final double PATIENCE_MILLIS = 60_000;

  /// The innermost elements that stick out.
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll("main *")]
        .filter((e) => e.getBoundingClientRect().right > innerWidth)
        .filter((e, _, all) => !all.some((other) => other !== e && e.contains(other)))
        .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" ")\
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final Path shots;
  private final List<String> complaints = new ArrayList<>();

  private Screens(Playwright playwright, Browser browser, Path shots) {
    this.playwright = playwright;
    this.browser = browser;
    this.shots = shots;
  }

  static Screens open(Path shots) {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setChromiumSandbox(false)
                    .setEnv(environment())
                    .setArgs(FLAGS));
    return new Screens(playwright, browser, shots);
  }

  /// With the fonts of every machine alike, so that what fits here fits there.
  private static Map<String, String> environment() {
    try {
      var fonts = Objects.requireNonNull(Screens.class.getResource("/fonts.conf"));
      var environment = new HashMap<>(System.getenv());
      environment.put("FONTCONFIG_FILE", Path.of(fonts.toURI()).toString());
      return environment;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A browser of its own: nobody is signed in.
  BrowserContext stranger() {
    return context(options());
  }

  /// The same with scripts switched off.
  BrowserContext withoutScripts() {
    return context(options().setJavaScriptEnabled(false));
  }

  /// Another stranger, who goes on when the browser warns of a certificate.
  BrowserContext trusting() {
    return context(options().setIgnoreHTTPSErrors(true));
  }

  private BrowserContext context(Browser.NewContextOptions options) {
    var context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  private static Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setViewportSize(WIDTH, HEIGHT)
        .setColorScheme(ColorScheme.LIGHT)
        .setReducedMotion(ReducedMotion.REDUCE);
  }

  /// Looks at the page as it is now: pictures in light, dark and 360 px, axe in light and dark, no
  /// sideways scrolling at 360 px. Complaints are gathered and told by [#assertNoComplaints].
  void look(Page page, String name) {
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var word = scheme.name().toLowerCase(Locale.ROOT);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      shoot(page, name + "-" + word);
      for (var violation : axe(page).analyze().getViolations()) {
        complaints.add(name + " " + word + ": " + told(violation));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(NARROW, HEIGHT);
    shoot(page, name + "-narrow");
    var wide = (Number) page.evaluate("document.documentElement.scrollWidth");
    if (wide.intValue() > NARROW) {
      complaints.add(name + " narrow: " + wide + " px wide, because of " + page.evaluate(TOO_WIDE));
    }
    page.setViewportSize(WIDTH, HEIGHT);
  }

  /// Waits until the whole of each element is in the window, scrolling nothing, and takes a picture
  /// of the window.
  void awaitInSight(Page page, String name, String... selectors) {
    for (var selector : selectors) {
      page.waitForFunction(
          """
          (selector) => {
            const box = document.querySelector(selector).getBoundingClientRect();
            return box.top >= 0 && box.bottom <= innerHeight;
          }
          """,
          selector);
    }
    page.screenshot(new Page.ScreenshotOptions().setPath(shots.resolve(name + ".png")));
  }

  void assertNoComplaints() {
    assertEquals("", String.join("\n", complaints));
    assertTrue(shots.toFile().isDirectory(), "no page was looked at");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// Without what stands in frames: letters are sandboxed, and a script put there never ends. So
  /// nothing has to be gathered from frames, for which axe would open another page each time.
  private static AxeBuilder axe(Page page) {
    var axe = new AxeBuilder(page).withTags(WCAG_22_AA).exclude("iframe").setLegacyMode(true);
    // What an open menu lies on is half covered, and no target until it is closed.
    return page.locator(".rowmenu[open]").count() > 0
        ? axe.disableRules(List.of("target-size"))
        : axe;
  }

  private void shoot(Page page, String name) {
    page.evaluate("window.scrollTo(0, 0)");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(shots.resolve(name + ".png")).setFullPage(true));
  }

  private static String told(Rule violation) {
    var places =
        violation.getNodes().stream().map(node -> String.valueOf(node.getHtml())).limit(3).toList();
    return violation.getId() + " (" + violation.getHelp() + ") at " + places;
  }
}
