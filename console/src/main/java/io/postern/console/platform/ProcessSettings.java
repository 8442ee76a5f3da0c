package io.postern.console.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The settings in force and where each came from.
public final class ProcessSettings {
  /// Where a value came from.
  public enum Origin {
    FLAG,
    VARIABLE,
    FILE,
    DEFAULT;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A value in force.
  ///
  /// @param text absent when the setting is not set and has no default
  public record Value(@Nullable String text, Origin origin) {}

  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);

  private ProcessSettings() {}

  /// Resolves every setting.
  ///
  /// @param flags options given on the command line
  /// @param environment the process environment
  /// @throws UnusableSettingException when the properties file cannot be read or a value cannot be
  ///   used
  public static ProcessSettings resolve(
      Map<Setting, String> flags, Map<String, String> environment) {
    var settings = new ProcessSettings();
    settings.values.put(
        Setting.DATA_DIR, first(Setting.DATA_DIR, flags, environment, new Properties()));
    var file = propertiesOf(settings.dataDirectory());
    for (var setting : Setting.values()) {
      settings.values.computeIfAbsent(setting, each -> first(each, flags, environment, file));
    }
    settings.port();
    settings.httpPort();
    settings.requireBaseUrl();
    settings.requireBind();
    settings.trustedProxies();
    return settings;
  }

  public Value value(Setting setting) {
    return java.util.Objects.requireNonNull(values.get(setting));
  }

  public @Nullable String text(Setting setting) {
    return value(setting).text();
  }

  /// The value as a page may show it: a password inside an address is left out.
  public @Nullable String shown(Setting setting) {
    var text = text(setting);
    return text == null ? null : text.replaceAll("(?<=://)([^/@:]*):[^/@]*@", "$1:…@");
  }

  public Path dataDirectory() {
    return Path.of(java.util.Objects.requireNonNull(text(Setting.DATA_DIR)))
        .toAbsolutePath()
        .normalize();
  }

  public Path keyFile() {
    var given = text(Setting.KEY_FILE);
    return given == null ? dataDirectory().resolve("key") : Path.of(given);
  }

  /// Where a browser on this machine finds it.
  ///
  /// @param tls whether the console speaks TLS itself
  public String localAddress(boolean tls) {
    return (tls ? "https" : "http") + "://localhost:" + port();
  }

  /// @throws UnusableSettingException when it is no number from 0 to 65535 (0: any free port)
  public int port() {
    return port("port", java.util.Objects.requireNonNull(text(Setting.PORT)));
  }

  /// @return null when no second port leads browsers to HTTPS
  /// @throws UnusableSettingException when it is no number from 0 to 65535
  public @Nullable Integer httpPort() {
    var text = text(Setting.HTTP_PORT);
    return text == null ? null : port("HTTP port", text);
  }

  /// @return empty when none are named
  /// @throws UnusableSettingException when one is neither an address nor a range of addresses
  public List<Cidr> trustedProxies() {
    var text = text(Setting.TRUSTED_PROXIES);
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .map(ProcessSettings::trustedProxy)
            .toList();
  }

  private static Cidr trustedProxy(String text) {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException _) {
      throw new UnusableSettingException(
          "The trusted proxy \"%s\" is no address; write addresses or networks such as 10.0.0.0/8, separated by commas."
              .formatted(text));
    }
  }

  private static void requireKnown(Path file, Properties properties) {
    var known =
        Arrays.stream(Setting.values())
            .filter(setting -> setting != Setting.DATA_DIR)
            .map(Setting::property)
            .sorted()
            .toList();
    for (var key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!known.contains(key)) {
        throw new UnusableSettingException(
            "The settings file %s sets \"%s\", which it cannot. It can set %s."
                .formatted(file, key, String.join(", ", known)));
      }
    }
  }

  private void requireBaseUrl() {
    var text = text(Setting.BASE_URL);
    var fault = text == null ? "" : BaseUrl.fault(text);
    if (!fault.isEmpty()) {
      throw new UnusableSettingException("The base URL is \"%s\". %s".formatted(text, fault));
    }
  }

  private void requireBind() {
    var text = java.util.Objects.requireNonNull(text(Setting.BIND));
    try {
      InetAddress.getByName(text);
    } catch (UnknownHostException _) {
      throw new UnusableSettingException(
          "The address to listen on is \"%s\"; it takes one of this machine, such as 127.0.0.1 or 0.0.0.0 for all."
              .formatted(text));
    }
  }

  private static int port(String what, String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new UnusableSettingException(
          "The %s is \"%s\"; it takes a number from 1 to 65535, or 0 for any free port."
              .formatted(what, text));
    }
    return Integer.parseInt(text);
  }

  private static Value first(
      Setting setting,
      Map<Setting, String> flags,
      Map<String, String> environment,
      Properties file) {
    var flag = flags.get(setting);
    if (flag != null) {
      return new Value(flag, Origin.FLAG);
    }
    var variable = environment.get(setting.variable());
    if (variable != null && !variable.isEmpty()) {
      return new Value(variable, Origin.VARIABLE);
    }
    var property = file.getProperty(setting.property());
    if (property != null) {
      return new Value(property.strip(), Origin.FILE);
    }
    return new Value(setting.fallback(), Origin.DEFAULT);
  }

  private static Properties propertiesOf(Path dataDirectory) {
    var properties = new Properties();
    var file = dataDirectory.resolve("postern.properties");
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new UnusableSettingException(
            "The settings file %s cannot be read: %s."
                .formatted(
                    file, e instanceof IOException gone ? FileFault.reason(gone) : e.getMessage()));
      }
      requireKnown(file, properties);
    }
    return properties;
  }
}
