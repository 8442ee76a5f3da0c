package io.postern.console.outbox;

/// What people call the kinds of letters. The outbox knows no letters; the letters room does this
/// (docs/adr/0002).
@FunctionalInterface
public interface LetterNames {
  /// @param kind of a mail, such as `PASSWORD_RESET`
  String of(String kind);
}
