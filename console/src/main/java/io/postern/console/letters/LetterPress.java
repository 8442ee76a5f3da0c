package io.postern.console.letters;

import io.postern.console.letters.Letter.Block;
import io.postern.console.platform.web.Pages;
import io.postern.console.settings.InstanceSettings;
import io.postern.smtp.Mailbox;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;

/// Prints a letter from its kind and values: subject, text and HTML. Name and place of the instance
/// come from its settings, never from a request (R-544).
final class LetterPress {
  private static final String SAMPLE_MARK =
      "This is a sample. Names and addresses are made up, and its link does not work.";

  private final Pages pages;
  private final InstanceSettings instance;

  LetterPress(Pages pages, InstanceSettings instance) {
    this.pages = pages;
    this.instance = instance;
  }

  RenderedLetter print(LetterKind kind, Mailbox to, Map<String, String> given) {
    var values = new LetterValues(to.toString(), given);
    if (kind == LetterKind.API) {
      return asGiven(values);
    }
    var letter = letter(kind, values);
    var html = pages.render("letters/letter", Map.of("letter", letter));
    return new RenderedLetter(letter.subject(), TextLayout.of(letter), crlf(html));
  }

  private Letter letter(LetterKind kind, LetterValues values) {
    var house = instance.displayName();
    var words = new LetterWords(house, values);
    var blocks = new ArrayList<Block>();
    if (values.isSample()) {
      blocks.add(new Block.Mark(SAMPLE_MARK));
    }
    blocks.addAll(words.blocks(kind));
    var subject = words.subject(kind);
    var place = URI.create(instance.baseUrl()).getAuthority();
    return new Letter(
        values.isSample() ? "[Sample] " + subject : subject, blocks, PlainName.of(house), place);
  }

  private static RenderedLetter asGiven(LetterValues values) {
    var html = values.html();
    return new RenderedLetter(
        values.subject(), crlf(values.text()), html.isEmpty() ? null : crlf(html));
  }

  private static String crlf(String text) {
    return text.replaceAll("\\R", "\r\n");
  }
}
