package io.postern.console.accounts;

import io.postern.console.outbox.NewMail;
import org.jspecify.annotations.Nullable;

/// Writes the letter that brings an activation or reset link to its owner.
@FunctionalInterface
interface Courier {
  /// At the terminal: links are printed there.
  Courier NONE = (_, _) -> null;

  /// @return null when the link is not to be mailed
  @Nullable NewMail letter(Account account, Link link);
}
