package io.postern.console.outbox;

import io.postern.console.settings.RelayVersion;

/// Renders a mail. The outbox knows no letters; the letters room does this (docs/adr/0002).
public interface Composer {
  /// The message with CRLF line ends, 7-bit, at most 998 octets per line.
  byte[] compose(QueuedMail mail, RelayVersion sender);
}
