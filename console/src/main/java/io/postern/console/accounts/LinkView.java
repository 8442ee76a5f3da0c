package io.postern.console.accounts;

/// What the pages behind links say.
public sealed interface LinkView {
  String title();

  /// Before the button is pressed.
  ///
  /// @param button what pressing it does
  record Question(String title, String sentence, String button) implements LinkView {}

  /// After it.
  ///
  /// @param next the label of the link that leads on
  record Answer(String title, String sentence, String next, String path) implements LinkView {}
}
