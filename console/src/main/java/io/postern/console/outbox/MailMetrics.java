package io.postern.console.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// The outbox in `/actuator/prometheus`. All processes on one database show the same
/// figures: take the maximum, not the sum.
final class MailMetrics implements MeterBinder {
  private final VitalSigns signs;

  MailMetrics(VitalSigns signs) {
    this.signs = signs;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var state : MailState.values()) {
      Gauge.builder("postern.outbox.mails", signs, of -> of.now().count(state))
          .tag("state", state.word())
          .description("Mails in this state")
          .register(registry);
    }
    age(registry, "oldest", "Age of the oldest mail that waits", v -> v.oldestAge().toSeconds());
    age(
        registry,
        "oldest.security",
        "Age of the oldest security letter that waits",
        v -> v.oldestSecurityAge().toSeconds());
    age(registry, "age.median", "Median age of what waits", v -> v.medianAge().toSeconds());
    age(registry, "age.p99", "99th percentile of the age", v -> v.highAge().toSeconds());
    plain(
        registry,
        "circuit.open",
        "1 while the relay is at fault and mail is held back",
        v -> v.relay().held() ? 1 : 0);
    plain(registry, "paused", "1 while sending is paused", v -> v.relay().paused() ? 1 : 0);
    plain(
        registry, "refusing", "1 while no new mail is taken", v -> v.obstacle().isEmpty() ? 0 : 1);
    plain(
        registry,
        "last.accepted.timestamp.seconds",
        "When the relay last took a mail, Unix time; 0 for never",
        v -> v.relay().lastAcceptedAt().getEpochSecond());
    plain(
        registry, "possible.duplicates", "Mails that may have been sent twice", Vitals::duplicates);
  }

  private void age(
      MeterRegistry registry, String name, String meaning, ToDoubleFunction<Vitals> figure) {
    Gauge.builder("postern.outbox." + name, signs, of -> figure.applyAsDouble(of.now()))
        .baseUnit("seconds")
        .description(meaning)
        .register(registry);
  }

  private void plain(
      MeterRegistry registry, String name, String meaning, ToDoubleFunction<Vitals> figure) {
    Gauge.builder("postern.outbox." + name, signs, of -> figure.applyAsDouble(of.now()))
        .description(meaning)
        .register(registry);
  }
}
