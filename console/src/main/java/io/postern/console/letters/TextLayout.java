package io.postern.console.letters;

/// Lays a letter out as text for a terminal: lines of at most 72 characters where words allow it,
/// links unbroken on lines of their own.
final class TextLayout {
  private static final int COLUMNS = 72;
  private static final String END = "\r\n";

  private TextLayout() {}

  static String of(Letter letter) {
    var text = new StringBuilder(1_024);
    for (var block : letter.blocks()) {
      switch (block) {
        case Letter.Block.Mark(var mark) -> wrap(text, "*** " + mark + " ***");
        case Letter.Block.Paragraph(var words) -> wrap(text, words);
        case Letter.Block.Action(var label, var url) ->
            text.append(label).append(':').append(END).append(END).append(url).append(END);
      }
      text.append(END);
    }
    text.append("-- ").append(END);
    wrap(text, letter.from() + ", " + letter.place());
    return text.toString();
  }

  private static void wrap(StringBuilder text, String words) {
    var column = 0;
    for (var word : words.split(" ", -1)) {
      var width = word.codePointCount(0, word.length());
      if (column > 0 && column + 1 + width > COLUMNS) {
        text.append(END);
        column = 0;
      }
      if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += width;
    }
    text.append(END);
  }
}
