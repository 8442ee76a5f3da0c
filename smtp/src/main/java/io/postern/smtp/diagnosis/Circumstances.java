package io.postern.smtp.diagnosis;

import java.util.List;

/// What the caller knows about the machine that it runs on. The engine never looks into the
/// environment itself; whoever starts it passes this in.
///
/// @param container whether this process runs inside a container, where `localhost` is the
///   container
/// @param proxies the proxies that the environment names (`HTTPS_PROXY` and its like), host and
///   port only, never user name and password
public record Circumstances(boolean container, List<String> proxies) {
  /// Nothing is known.
  public static final Circumstances UNKNOWN = new Circumstances(false, List.of());

  public Circumstances {
    proxies = List.copyOf(proxies);
  }
}
