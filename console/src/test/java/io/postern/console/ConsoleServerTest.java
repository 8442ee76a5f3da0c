package io.postern.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the terminal says when the console cannot start.
final class ConsoleServerTest {
  @TempDir Path directory;

  @Test
  void a_port_that_another_program_has_is_named() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var flags = new EnumMap<Setting, String>(Setting.class);
      flags.put(Setting.PORT, String.valueOf(other.getLocalPort()));
      flags.put(Setting.BIND, "127.0.0.1");
      flags.put(Setting.DATA_DIR, directory.toString());
      var settings = ProcessSettings.resolve(flags, Map.of());

      assertThatThrownBy(() -> ConsoleServer.start(settings))
          .isInstanceOf(UnusableSettingException.class)
          .hasMessageContaining("Port %d is taken".formatted(other.getLocalPort()));
    }
  }
}
