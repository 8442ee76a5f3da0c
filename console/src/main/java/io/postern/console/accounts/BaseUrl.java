package io.postern.console.accounts;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;

/// The address of this instance from its settings, and from nowhere else.
final class BaseUrl {
  private BaseUrl() {}

  static String of(ProcessSettings settings) {
    var given = settings.text(Setting.BASE_URL);
    return given == null ? "http://localhost:" + settings.port() : given.replaceAll("/+$", "");
  }
}
