package io.postern.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.NestedExceptionUtils;

/// What the terminal says when the console cannot start.
final class ConsoleServerTest {
  @TempDir Path directory;

  @Test
  void a_port_that_another_program_has_is_named() throws IOException {
    try (var other = taken()) {
      assertRefused(Map.of(Setting.PORT, port(other)), "Port %s is taken".formatted(port(other)));
    }
  }

  @Test
  void so_is_a_second_port() throws IOException {
    try (var other = taken()) {
      assertRefused(Map.of(Setting.HTTP_PORT, port(other)), "Name another with --http-port.");
    }
  }

  /// RFC 5737: 192.0.2.1 is no machine's address.
  @Test
  void so_is_an_address_of_another_machine() {
    assertRefused(Map.of(Setting.BIND, "192.0.2.1"), "Postern cannot listen on 192.0.2.1, port 0");
  }

  @Test
  void a_database_url_that_is_none_is_told_its_form() {
    assertRefused(
        Map.of(Setting.DATABASE_URL, "postgresql://u@h:port/x y"),
        "The database URL takes the form postgresql://user@host:port/db.");
  }

  @Test
  void the_first_lines_name_the_address_for_browsers_and_where_it_listens() {
    var settings = settings(Map.of(Setting.BASE_URL, "https://postern.example.com"));
    try (var server = ConsoleServer.start(settings)) {
      var port = URI.create(server.address()).getPort();
      assertThat(server.greeting().lines())
          .startsWith(
              "Postern serves https://postern.example.com/system",
              "It listens on 127.0.0.1, port %d, and speaks HTTP.".formatted(port));
    }
  }

  private void assertRefused(Map<Setting, String> more, String sentence) {
    var settings = settings(more);
    assertThatThrownBy(() -> ConsoleServer.start(settings))
        .satisfies(failure ->
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining(sentence));
  }

  private ProcessSettings settings(Map<Setting, String> more) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.PORT, "0");
    flags.put(Setting.BIND, "127.0.0.1");
    flags.put(Setting.DATA_DIR, directory.toString());
    flags.putAll(more);
    return ProcessSettings.resolve(flags, Map.of());
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static String port(ServerSocket socket) {
    return String.valueOf(socket.getLocalPort());
  }
}
