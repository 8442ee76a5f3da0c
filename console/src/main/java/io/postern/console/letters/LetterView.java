package io.postern.console.letters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page of one letter shows.
///
/// @param to as typed
/// @param fault what is wrong with it
public record LetterView(
    LetterKind kind,
    RenderedLetter letter,
    String to,
    @Nullable String fault,
    List<MailWarning> warnings) {
  public LetterView {
    warnings = List.copyOf(warnings);
  }
}
