package io.postern.console.platform;

/// A running server, as the command line sees it.
public interface Server extends AutoCloseable {
  /// Where it listens, such as `http://localhost:8080`.
  String address();

  /// What to print once it serves: the address for browsers, where it listens, and the setup link
  /// while there is no account.
  String greeting();

  /// Does beforehand what would make the first validation slow, a second of a processor's work at
  /// most. Touches nothing that is saved.
  void rehearse();

  @Override
  void close();
}
