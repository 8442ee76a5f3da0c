package io.postern.console.platform.web;

import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.ServerIdentity;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.DatabaseException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.dao.DataAccessException;

/// The port of the console: speaks TLS when there is a certificate, HTTP when there is none, and
/// changes over while the server runs. A new certificate counts for the next connection; from HTTP
/// to TLS and back the port is closed and opened again.
final class TlsDoor implements TomcatConnectorCustomizer, AutoCloseable {
  /// Other processes save certificates too, and files are replaced.
  private static final Duration EVERY = Duration.ofSeconds(5);

  /// The answer to whoever changed it goes out before the port is closed.
  private static final Duration AFTERWARDS = Duration.ofMillis(300);

  private static final String SUITES_1_3 =
      "TLS_AES_256_GCM_SHA384,TLS_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256";

  /// Authenticated encryption with keys that are thrown away, the strongest first: browsers have it
  /// since 2014. What an old relay needs is decided for relays alone.
  private static final String SUITES_1_2 =
      String.join(
          ",",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private static final Logger LOG = LoggerFactory.getLogger(TlsDoor.class);

  private final ConsoleTls tls;
  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("tls-door").factory());
  private @Nullable Connector connector;
  private @Nullable ServerIdentity shown;

  TlsDoor(ConsoleTls tls) {
    this.tls = tls;
  }

  /// @throws UnusableSettingException when the certificate cannot be used
  @Override
  public void customize(Connector own) {
    connector = own;
    var identity = tls.current();
    if (identity != null) {
      secure(own, identity);
    }
    var _ =
        clockwork.scheduleWithFixedDelay(
            this::look, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    tls.whenChanged(() -> {
      var _ = clockwork.schedule(this::look, AFTERWARDS.toMillis(), TimeUnit.MILLISECONDS);
    });
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
  }

  /// One thread does this.
  private void look() {
    var own = Objects.requireNonNull(connector);
    try {
      var identity = tls.current();
      if (own.getState().isAvailable() && !isShown(identity)) {
        change(own, identity);
      }
    } catch (UnusableSettingException e) {
      LOG.error("{} The certificate before it stays in use.", e.sentence());
    } catch (DatabaseException | DataAccessException _) {
      // Away for the moment; the next look will do.
      LOG.debug("The database did not say which certificate is in force.");
    } catch (LifecycleException e) {
      LOG.error("The port could not be opened again: {}", e.getMessage());
    }
  }

  private boolean isShown(@Nullable ServerIdentity identity) {
    return chain(shown).equals(chain(identity));
  }

  private static List<X509Certificate> chain(@Nullable ServerIdentity identity) {
    return identity == null ? List.of() : identity.chain();
  }

  private void change(Connector own, @Nullable ServerIdentity identity) throws LifecycleException {
    if (shown != null && identity != null) {
      protocol(own).addSslHostConfig(host(identity), true);
      shown = identity;
    } else {
      // Port 0 would become another one.
      own.setPort(own.getLocalPort());
      own.stop();
      secure(own, identity);
      own.start();
    }
    LOG.info("The console speaks {}.", identity == null ? "HTTP" : "TLS as " + identity.names());
  }

  private void secure(Connector own, @Nullable ServerIdentity identity) {
    own.setScheme(identity == null ? "http" : "https");
    own.setSecure(identity != null);
    protocol(own).setSSLEnabled(identity != null);
    if (identity != null) {
      protocol(own).addSslHostConfig(host(identity), true);
    }
    shown = identity;
  }

  private static SSLHostConfig host(ServerIdentity identity) {
    var host = new SSLHostConfig();
    host.setProtocols("TLSv1.3+TLSv1.2");
    host.setCipherSuites(SUITES_1_3);
    host.setCiphers(SUITES_1_2);
    host.setHonorCipherOrder(true);
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(identity.store());
    certificate.setCertificateKeystorePassword("");
    certificate.setCertificateKeyAlias("postern");
    host.addCertificate(certificate);
    return host;
  }

  private static AbstractHttp11Protocol<?> protocol(Connector connector) {
    return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
  }
}
