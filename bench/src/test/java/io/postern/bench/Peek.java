package io.postern.bench;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Sees the context of a console that starts in this process, so that a benchmark can call the
/// outbox as the console's own rooms do. Named in `META-INF/spring.factories`.
public final class Peek implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  static final AtomicReference<ConfigurableApplicationContext> LAST = new AtomicReference<>();

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    LAST.set(context);
  }
}
