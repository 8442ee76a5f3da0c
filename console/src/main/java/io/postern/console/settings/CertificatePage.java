package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.Pem;
import io.postern.console.platform.SelfSigned;
import io.postern.console.platform.ServerIdentity;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import io.postern.smtp.HostName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Administration › Instance › HTTPS*: the certificate of the console itself. The private key is
/// write-only.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class CertificatePage {
  static final String PATH = InstancePage.PATH + "/certificate";

  private static final int NAMES_MAX = 10;

  private final Pages pages;
  private final ConsoleTls tls;
  private final InstanceSettings instance;
  private final Making making;

  CertificatePage(Pages pages, ConsoleTls tls, InstanceSettings instance, Making making) {
    this.pages = pages;
    this.tls = tls;
    this.instance = instance;
    this.making = making;
  }

  /// With what a certificate is made and kept, and what depends on it.
  record Making(
      Database database,
      Audit audit,
      InstantSource clock,
      RandomGenerator random,
      HostBound passkeys) {}

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request) {
    return page(request, HttpStatus.OK, "", Map.of());
  }

  @StepUp
  @PostMapping(PATH)
  ResponseEntity<String> upload(
      HttpServletRequest request,
      Actor actor,
      @RequestParam(defaultValue = "") String chain,
      @RequestParam(defaultValue = "") String key) {
    var faults = new HashMap<String, String>();
    var identity =
        new EnteredCertificate(instance, making.clock().instant()).read(chain, key, faults);
    if (identity == null) {
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT, chain, faults);
    }
    return save(request, actor, identity, "A certificate was entered");
  }

  @StepUp
  @PostMapping(PATH + "/self-signed")
  ResponseEntity<String> selfSigned(
      HttpServletRequest request, Actor actor, @RequestParam(defaultValue = "") String names) {
    var hosts =
        Stream.of(names.strip().split("[\\s,]+", -1)).filter(host -> !host.isEmpty()).toList();
    if (hosts.isEmpty() || hosts.size() > NAMES_MAX || !hosts.stream().allMatch(this::isHost)) {
      var fault =
          "Enter the names that browsers use, separated by spaces; at most %d."
              .formatted(NAMES_MAX);
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT, "", Map.of("names", fault));
    }
    var identity = SelfSigned.make(hosts, making.clock().instant(), making.random());
    return save(request, actor, identity, "A self-signed certificate was made");
  }

  @GetMapping(PATH + "/remove")
  ResponseEntity<String> askToRemove(HttpServletRequest request) {
    if (tls.isFixed()) {
      return fixed(request);
    }
    if (tls.current() == null) {
      return nothingToRemove();
    }
    var passkeys = instance.isLocalhost() ? 0 : making.passkeys().at(instance.baseUrlHost());
    return pages.show(
        "settings/certificate-remove",
        Map.of(
            "frame",
            pages.frame(request, "Remove the certificate", MenuItem.ADMINISTRATION),
            "address",
            plainAddress(),
            "passkeys",
            passkeys));
  }

  @StepUp
  @PostMapping(PATH + "/remove")
  ResponseEntity<String> remove(
      HttpServletRequest request, HttpServletResponse response, Actor actor) {
    if (tls.isFixed()) {
      return fixed(request);
    }
    if (tls.current() == null) {
      return nothingToRemove();
    }
    making
        .database()
        .write(tx -> {
          tls.remove(tx);
          return record(tx, actor, "The certificate was removed: the console speaks HTTP.");
        });
    if (request.isSecure()) {
      // This browser no longer insists on TLS here (RFC 6797 section 6.1.1); a proxy that speaks it
      // says for itself what it wants.
      response.setHeader("Strict-Transport-Security", "max-age=0");
    }
    return moved(request, plainAddress());
  }

  private ResponseEntity<String> nothingToRemove() {
    return pages.redirect(PATH, "There is no certificate to remove.");
  }

  private String plainAddress() {
    return "http" + instance.baseUrl().replaceFirst("^https?", "");
  }

  private ResponseEntity<String> save(
      HttpServletRequest request, Actor actor, ServerIdentity identity, String what) {
    if (tls.isFixed()) {
      return fixed(request);
    }
    var isFirst = tls.current() == null;
    making
        .database()
        .write(tx -> {
          tls.save(tx, actor.email(), identity);
          instance.moveToHttps(tx, actor);
          return record(
              tx,
              actor,
              "%s, for %s, until %s."
                  .formatted(what, String.join(", ", identity.names()), identity.ends()));
        });
    return isFirst
        ? moved(request, "https" + instance.baseUrl().replaceFirst("^https?", ""))
        : pages.redirect(PATH, "Saved. New connections see this certificate.");
  }

  /// Where the console is from now on: the port speaks another language in a moment, so that a
  /// redirect would find nobody.
  private ResponseEntity<String> moved(HttpServletRequest request, String address) {
    return pages.show(
        "settings/certificate-moved",
        Map.of(
            "frame",
            pages.frame(request, "Administration", MenuItem.ADMINISTRATION),
            "address",
            address,
            "baseUrl",
            instance.baseUrl()));
  }

  private boolean isHost(String text) {
    try {
      return !HostName.parse(text).ascii().isEmpty();
    } catch (IllegalArgumentException _) {
      // The page says what is expected.
      return false;
    }
  }

  private ResponseEntity<String> fixed(HttpServletRequest request) {
    return page(
        request,
        HttpStatus.CONFLICT,
        "",
        Map.of("chain", "The certificate is fixed by --tls-certificate; replace the file."));
  }

  private String record(Transaction tx, Actor actor, String sentence) {
    var object = new Audit.Object("instance", "", "certificate");
    return making.audit().record(tx, actor, Audit.Action.UPDATE, object, sentence);
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, HttpStatus status, String chain, Map<String, String> faults) {
    return pages.show(
        status,
        "settings/certificate",
        Map.of(
            "frame",
            pages.frame(request, "Administration", MenuItem.ADMINISTRATION),
            "certificate",
            CertificateView.of(tls, instance, making.clock().instant()),
            "chain",
            Pem.withoutKeys(chain),
            "faults",
            faults));
  }
}
