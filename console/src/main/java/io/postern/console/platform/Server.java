package io.postern.console.platform;

/// A running server, as the command line sees it.
public interface Server extends AutoCloseable {
  /// What to print once it serves: the address, and the setup link while there is no account.
  String greeting();

  @Override
  void close();
}
