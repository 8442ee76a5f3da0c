package io.postern.console.settings;

import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The certificate of the console as a page shows it.
///
/// @param identity absent while the console speaks HTTP
/// @param fixed whether files decide
/// @param host that of the base URL
public record CertificateView(
    @Nullable ServerIdentity identity, boolean fixed, String host, Instant now) {
  public static final int WARNING_DAYS = 14;

  public static CertificateView of(ConsoleTls tls, InstanceSettings instance, Instant now) {
    return new CertificateView(tls.current(), tls.isFixed(), instance.baseUrlHost(), now);
  }

  /// What somebody should know about it; empty when all is well.
  public String warning() {
    if (identity == null) {
      return "";
    }
    var days = Duration.between(now, identity.ends()).toDays();
    if (now.isAfter(identity.ends())) {
      return "The console's certificate has ended; browsers refuse it.";
    }
    if (days < WARNING_DAYS) {
      return "The console's certificate ends in %s."
          .formatted(days == 1 ? "1 day" : days + " days");
    }
    return identity.isFor(host)
        ? ""
        : "The console's certificate is for %s, and the base URL is on %s: browsers refuse it there."
            .formatted(String.join(", ", identity.names()), host);
  }
}
