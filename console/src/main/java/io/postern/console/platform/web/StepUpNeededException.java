package io.postern.console.platform.web;

import org.jspecify.annotations.Nullable;

/// The factor is older than 15 minutes: pages ask for the password again, the API answers 403.
public final class StepUpNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String refused;

  /// @param refused why the password just given did not do; absent when none was given
  StepUpNeededException(@Nullable String refused) {
    super("A factor younger than 15 minutes is needed", null, false, false);
    this.refused = refused;
  }

  @Nullable String refused() {
    return refused;
  }
}
