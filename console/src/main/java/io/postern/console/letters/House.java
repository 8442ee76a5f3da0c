package io.postern.console.letters;

import java.net.URI;

/// The instance as its letters present it.
///
/// @param name what operators call it
/// @param baseUrl the configured address, without a slash at the end
record House(String name, String baseUrl) {
  /// Host and port, without a scheme, so that no mail reader makes a link of it.
  String place() {
    return URI.create(baseUrl).getAuthority();
  }
}
