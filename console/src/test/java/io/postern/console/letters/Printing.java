package io.postern.console.letters;

import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Waiting;
import io.postern.smtp.Mailbox;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/// A press for tests, with the name and place of an instance.
final class Printing {
  static final Mailbox ADA = Mailbox.parse("ada@example.com");

  private Printing() {}

  static LetterPress press() {
    return press("Postern");
  }

  static LetterPress press(String instanceName) {
    var pages = new Pages(new StaticListableBeanFactory().getBeanProvider(Waiting.class));
    var house = new House(instanceName, "https://postern.example.com");
    return new LetterPress(pages, () -> house);
  }
}
