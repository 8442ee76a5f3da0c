package io.postern.console;

import io.postern.console.accounts.PasswordCost;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.DiskGuard;
import io.postern.console.platform.Greeting;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Server;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.settings.Rehearsal;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The console as a Spring application.
@SpringBootApplication
public class ConsoleServer {
  /// Starts serving.
  public static Server start(ProcessSettings settings) {
    return start(
        settings, Clock.systemUTC(), PasswordCost.TODAY, DiskGuard.of(settings.dataDirectory()));
  }

  /// Starts serving under another clock, another cost of passwords and another disk, for tests.
  ///
  /// @throws UnusableSettingException when it cannot listen where the settings say
  static Server start(
      ProcessSettings settings, InstantSource clock, PasswordCost cost, DiskGuard disk) {
    var application =
        new SpringApplicationBuilder(ConsoleServer.class)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(false)
            .initializers(registering(settings, clock, cost, disk))
            .properties(properties(settings));
    try {
      return new Running(application.run(), settings);
    } catch (ApplicationContextException e) {
      var fault = StartFault.of(e, settings);
      throw fault == null ? e : fault;
    }
  }

  private static ApplicationContextInitializer<ConfigurableApplicationContext> registering(
      ProcessSettings settings, InstantSource clock, PasswordCost cost, DiskGuard disk) {
    return context -> {
      var beans = (GenericApplicationContext) context;
      beans.registerBean("processSettings", ProcessSettings.class, () -> settings);
      beans.registerBean("clock", InstantSource.class, () -> clock);
      beans.registerBean("passwordCost", PasswordCost.class, () -> cost);
      beans.registerBean("diskGuard", DiskGuard.class, () -> disk);
    };
  }

  private static Map<String, Object> properties(ProcessSettings settings) {
    var properties = new HashMap<String, Object>();
    properties.put("server.port", settings.port());
    properties.put("server.address", Objects.requireNonNull(settings.text(Setting.BIND)));
    // Not the working directory, which is Spring's own choice.
    properties.put("management.health.diskspace.path", settings.dataDirectory().toString());
    return properties;
  }

  /// The application context while it runs.
  private record Running(ConfigurableApplicationContext context, ProcessSettings settings)
      implements Server {
    @Override
    public String address() {
      return (isTls() ? "https" : "http") + "://localhost:" + port();
    }

    @Override
    public String greeting() {
      var given = settings.text(Setting.BASE_URL);
      var address = given == null ? address() : given;
      var own =
          "Postern serves %s/system%nIt listens on %s, port %s, and speaks %s."
              .formatted(address, settings.text(Setting.BIND), port(), isTls() ? "HTTPS" : "HTTP");
      return Stream.concat(
              Stream.of(own),
              context
                  .getBeanProvider(Greeting.class)
                  .orderedStream()
                  .map(greeting -> greeting.after(address))
                  .filter(line -> !line.isEmpty()))
          .collect(Collectors.joining("\n"));
    }

    private boolean isTls() {
      return context.getBean(ConsoleTls.class).current() != null;
    }

    private String port() {
      return context.getEnvironment().getProperty("local.server.port", "" + settings.port());
    }

    @Override
    public void rehearse() {
      context.getBean(Rehearsal.class).run();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
