package io.postern.console.platform.web;

/// The instance demands a passkey of every system account, and this one has none yet: pages lead to
/// where one is registered.
final class PasskeyNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
