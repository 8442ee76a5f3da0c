package io.postern.console.platform.web;

/// The role does not reach this far: 403.
public final class NotAllowedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
