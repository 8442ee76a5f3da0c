package io.postern.console.platform;

/// A running server, as the command line sees it.
public interface Server extends AutoCloseable {
  /// Where it listens, such as `http://localhost:8080`.
  String address();

  /// What to print once it serves: the address, and the setup link while there is no account.
  String greeting();

  @Override
  void close();
}
