package io.postern.console.settings;

/// What works at one host name alone, and is lost when the base URL moves to another: passkeys.
public interface HostBound {
  /// How many belong to this host.
  long at(String host);

  /// How many belong to another one.
  long elsewhere(String host);
}
