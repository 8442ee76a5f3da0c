package io.postern.console;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;

/// Why the console could not be started, in a sentence that says what to do.
final class StartFault {
  private StartFault() {}

  /// @return null when no setting is to blame
  static @Nullable UnusableSettingException of(Throwable failure, ProcessSettings settings) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var sentence = sentence(cause, settings);
      if (sentence != null) {
        return new UnusableSettingException(sentence);
      }
    }
    return null;
  }

  private static @Nullable String sentence(Throwable cause, ProcessSettings settings) {
    return switch (cause) {
      case PortInUseException taken ->
          "Port %d is taken by another program. Stop it, or name another with --port."
              .formatted(taken.getPort());
      // Only the second port is reported so, and without the reason.
      case ConnectorStartFailedException second ->
          "Port %d, the second one, cannot be opened: another program has it, or this user may not open it. Name another with --http-port."
              .formatted(second.getPort());
      case BindException refused ->
          "Postern cannot listen on %s, port %d (%s). Name an address of this machine with --bind and a port that this user may open with --port."
              .formatted(settings.text(Setting.BIND), settings.port(), refused.getMessage());
      default -> null;
    };
  }
}
