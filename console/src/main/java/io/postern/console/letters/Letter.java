package io.postern.console.letters;

import java.util.List;

/// A letter in words: written once, laid out twice, as text and as HTML, so that both parts say the
/// same. Every string in it is plain text.
///
/// @param from what the instance is called
/// @param place where it is, without a scheme, so that it is no link
public record Letter(String subject, List<Block> blocks, String from, String place) {
  public Letter {
    blocks = List.copyOf(blocks);
  }

  /// A piece of a letter.
  public sealed interface Block {
    /// What this letter is, when it is not what it looks like: a sample.
    record Mark(String text) implements Block {}

    record Paragraph(String text) implements Block {}

    /// The link that the letter is about, on a line of its own in the text.
    ///
    /// @param label what its page is for, a verb
    record Action(String label, String url) implements Block {}
  }
}
