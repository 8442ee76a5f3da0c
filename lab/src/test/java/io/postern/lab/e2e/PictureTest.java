package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.postern.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The picture of the README: the SMTP tab with a wrong password at a real Postfix. At 1280 × 720
/// nothing that matters is below the fold. `lab/picture` puts it into docs/images.
@Tag("lab")
class PictureTest {
  private static final Lab LAB = Lab.running();
  private static final int FOLD = 720;
  @TempDir static Path data;

  @Test
  void verdict_ladder_and_buttons_stand_above_the_fold() {
    try (var console = ConsoleProcess.start(LAB.project().resolve("postern"), data);
        var screens = Screens.open(Path.of("target", "screens"))) {
      var operator = new Operator(console, screens.stranger());
      operator.page().navigate(console.setupLink());
      operator.setUp();
      operator.openTab("SMTP");
      operator.relay(LAB, "postfix.tls.plain", "TLS from the start", "alice");
      operator.uploadAuthority(LAB.authority());
      operator.fold().fill("Password", "correct horse");
      operator.validate();
      assertEquals("failed", operator.rung("Sign-in"));
      operator.page().evaluate("document.activeElement.blur(); scrollTo(0, 0)");
      operator
          .page()
          .screenshot(
              new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "smtp-tab.png")));
      for (var part : new String[] {"#validate", ".verdict .actions", ".ladder .failed"}) {
        assertTrue(bottom(operator.page().locator(part).first()) <= FOLD, part);
      }
    }
  }

  private static double bottom(Locator part) {
    var box = part.boundingBox();
    return box.y + box.height;
  }
}
