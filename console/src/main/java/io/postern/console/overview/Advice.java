package io.postern.console.overview;

import io.postern.console.accounts.PasskeyAdvice;
import io.postern.console.outbox.Outbox;
import io.postern.console.outbox.VitalSigns;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.settings.CertificateView;
import io.postern.console.settings.InstanceSettings;
import io.postern.console.tenants.Tenants;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// What somebody should do soon, though nothing is wrong yet.
@Component
record Advice(
    PasskeyAdvice passkeys,
    ConsoleTls tls,
    InstanceSettings instance,
    Tenants tenants,
    Outbox outbox,
    VitalSigns signs,
    InstantSource clock) {
  boolean hasTenants() {
    return tenants.list("", 0, 1).total() > 0;
  }

  /// A sentence about the console's own certificate, empty when all is well.
  String certificate() {
    return CertificateView.of(tls, instance, clock.instant()).warning();
  }
}
