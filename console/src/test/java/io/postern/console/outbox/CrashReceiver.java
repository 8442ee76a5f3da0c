package io.postern.console.outbox;

import java.util.List;

/// The relay of a crash run: takes mail and can say what it took.
interface CrashReceiver {
  /// On loopback, without TLS and sign-in.
  int port();

  /// Of every message that was taken, in any order; of a message that came twice, twice.
  List<String> recipients();

  /// Begins anew: what was taken before is not told any more.
  void forget();
}
