package io.postern.console.platform;

/// A line that a room wants printed once the server is up, such as the one-time setup link.
@FunctionalInterface
public interface Greeting {
  /// @param baseUrl where the console answers
  /// @return the text, empty when there is nothing to say
  String after(String baseUrl);
}
