package io.postern.console.platform;

import io.postern.smtp.diagnosis.Circumstances;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this process can tell about the machine it runs on: read once, passed to whoever checks.
public final class Surroundings {
  /// Upper case wins nowhere: curl reads the lower form, most others both.
  private static final List<String> PROXY_VARIABLES =
      List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy");

  /// systemd's word for every container; Kubernetes' for each pod; Microsoft's images'.
  private static final List<String> CONTAINER_VARIABLES =
      List.of("container", "KUBERNETES_SERVICE_HOST", "DOTNET_RUNNING_IN_CONTAINER");

  /// Docker and Podman leave these in every container.
  private static final List<String> CONTAINER_FILES = List.of(".dockerenv", "run/.containerenv");

  private static final List<String> CONTAINER_GROUPS =
      List.of("docker", "kubepods", "containerd", "libpod", "lxc");

  private Surroundings() {}

  /// Those of this process.
  public static Circumstances ofThisProcess() {
    return of(System.getenv(), Path.of("/"));
  }

  /// @param root of the file system
  static Circumstances of(Map<String, String> environment, Path root) {
    return new Circumstances(isContainer(environment, root), proxies(environment));
  }

  private static boolean isContainer(Map<String, String> environment, Path root) {
    return CONTAINER_VARIABLES.stream()
            .anyMatch(name -> !environment.getOrDefault(name, "").isBlank())
        || CONTAINER_FILES.stream().anyMatch(file -> Files.exists(root.resolve(file)))
        || isContainerGroup(root.resolve("proc/1/cgroup"));
  }

  private static boolean isContainerGroup(Path file) {
    try {
      var groups = Files.readString(file).toLowerCase(Locale.ROOT);
      return CONTAINER_GROUPS.stream().anyMatch(groups::contains);
    } catch (IOException _) {
      // No such file outside Linux, or not for us.
      return false;
    }
  }

  private static List<String> proxies(Map<String, String> environment) {
    return PROXY_VARIABLES.stream()
        .map(environment::get)
        .flatMap(value -> Stream.ofNullable(place(value)))
        .distinct()
        .toList();
  }

  /// Host and port of a proxy; user name and password stay out.
  private static @Nullable String place(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      var address = new URI(value.contains("://") ? value : "http://" + value);
      var host = Objects.requireNonNullElse(address.getHost(), "");
      return host.isEmpty() ? null : address.getPort() < 0 ? host : host + ":" + address.getPort();
    } catch (URISyntaxException _) {
      // Not shown: it may hold a password.
      return "a proxy";
    }
  }
}
