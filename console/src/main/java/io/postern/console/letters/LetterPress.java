package io.postern.console.letters;

import io.postern.console.letters.Letter.Block;
import io.postern.console.platform.web.Pages;
import io.postern.smtp.Mailbox;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;

/// Prints a letter from its kind and values: subject, text and HTML. Name and place of the instance
/// come from its settings, never from a request.
final class LetterPress {
  private static final String SAMPLE_MARK =
      "This is a sample: its names are made up, and its link does not work.";

  /// Unicode's, UTS 18 RL1.6: line feed, line tabulation, form feed, carriage return, next line,
  /// line separator, paragraph separator.
  private static final String LINE_ENDS = "\n\013\f\r\u0085\u2028\u2029";

  private final Pages pages;
  private final Supplier<House> house;

  LetterPress(Pages pages, Supplier<House> house) {
    this.pages = pages;
    this.house = house;
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

  /// The subject alone, which the outbox shows in lists.
  String subject(LetterKind kind, Mailbox to, Map<String, String> given) {
    return subject(kind, new LetterValues(to.toString(), given), house.get());
  }

  String baseUrl() {
    return house.get().baseUrl();
  }

  private Letter letter(LetterKind kind, LetterValues values) {
    var from = house.get();
    var blocks = new ArrayList<Block>();
    if (values.isSample()) {
      blocks.add(new Block.Mark(SAMPLE_MARK));
    }
    blocks.addAll(new LetterWords(from.name(), values).blocks(kind));
    return new Letter(subject(kind, values, from), blocks, PlainName.of(from.name()), from.place());
  }

  private static String subject(LetterKind kind, LetterValues values, House house) {
    var subject = new LetterWords(house.name(), values).subject(kind);
    return values.isSample() ? "[Sample] " + subject : subject;
  }

  private static RenderedLetter asGiven(LetterValues values) {
    var html = values.html();
    return new RenderedLetter(
        values.subject(), crlf(values.text()), html.isEmpty() ? null : crlf(html));
  }

  private static boolean isInLine(char character) {
    return (character > '\r' && character < '\u0085') || LINE_ENDS.indexOf(character) < 0;
  }

  private static String crlf(String text) {
    var lines = new StringBuilder(text.length() + text.length() / 16);
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (isInLine(character)) {
        lines.append(character);
      } else if (character != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
        lines.append("\r\n");
      }
    }
    return lines.toString();
  }
}
