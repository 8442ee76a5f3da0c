package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.lab.Lab;
import java.nio.file.Path;

/// How journeys through the console begin and end: a console with data of its own, a browser that
/// looks at its pages, and somebody who has just created the root account.
///
/// @param root signed in as the root account
record Journey(Lab lab, ConsoleProcess console, Screens screens, Operator root)
    implements AutoCloseable {
  private static final String DOOR = "postfix.starttls";

  /// @param shots the folder for the pictures, below `target/screens`
  static Journey begin(Lab lab, Path data, String shots) {
    var console = ConsoleProcess.start(lab.project().resolve("postern"), data);
    var screens = Screens.open(Path.of("target", "screens", shots));
    var root = new Operator(console, screens.stranger());
    root.page().navigate(console.setupLink());
    root.setUp();
    return new Journey(lab, console, screens, root);
  }

  /// Somebody else at a browser of their own, not signed in.
  Operator somebody() {
    return new Operator(console, screens.stranger());
  }

  /// From now on letters go out: a relay that signs in, found valid and saved.
  void saveRelay() {
    root.openTab("SMTP");
    root.relay(lab, DOOR, "STARTTLS", "alice").uploadAuthority(lab.authority());
    assertEquals("The configuration works", root.validate());
    root.press("Save");
  }

  /// Every page that was looked at is fit for everybody.
  void assertNoComplaints() {
    screens.assertNoComplaints();
  }

  @Override
  public void close() {
    screens.close();
    console.close();
  }
}
