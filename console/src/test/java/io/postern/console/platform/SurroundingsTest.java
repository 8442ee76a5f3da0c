package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the environment and a few files say about the machine.
class SurroundingsTest {
  @TempDir private Path root = Path.of("");

  @Test
  void a_bare_machine_is_no_container_and_has_no_proxy() {
    var seen = Surroundings.of(Map.of("PATH", "/bin"), root);
    assertFalse(seen.container());
    assertEquals(List.of(), seen.proxies());
  }

  @Test
  void containers_are_known_by_variable_file_or_group() throws IOException {
    assertTrue(Surroundings.of(Map.of("container", "podman"), root).container());
    assertTrue(Surroundings.of(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), root).container());
    Files.createDirectories(root.resolve("proc/1"));
    Files.writeString(root.resolve("proc/1/cgroup"), "0::/init.scope\n");
    assertFalse(Surroundings.of(Map.of(), root).container());
    Files.writeString(root.resolve("proc/1/cgroup"), "0::/kubepods.slice/pod1\n");
    assertTrue(Surroundings.of(Map.of(), root).container());
    Files.delete(root.resolve("proc/1/cgroup"));
    Files.createFile(root.resolve(".dockerenv"));
    assertTrue(Surroundings.of(Map.of(), root).container());
  }

  @Test
  void a_proxy_is_named_without_its_password() {
    var seen =
        Surroundings.of(
            Map.of(
                "HTTPS_PROXY", "http://user:geheim@proxy.example.net:3128/",
                "http_proxy", "other.example.net:8080",
                "ALL_PROXY", "socks5://user:geh eim@nowhere"),
            root);
    assertEquals(
        List.of("proxy.example.net:3128", "a proxy", "other.example.net:8080"), seen.proxies());
  }
}
