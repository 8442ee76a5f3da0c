package io.postern.smtp.probe;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.diagnosis.Observation.Domain.Role;
import io.postern.smtp.diagnosis.Rulebook;
import io.postern.smtp.diagnosis.Observation.FirstWords;
import io.postern.smtp.session.Stop;
import io.postern.smtp.tls.ChainReport;
import java.net.Inet6Address;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which probes can change the verdict of which finding; no others run.
final class Agenda {
  /// Servers for incoming mail make everybody wait some seconds and hold it against those who speak
  /// first (postscreen: 6 s); and nobody speaks TLS from the start there.
  private static final int INCOMING = 25;

  private final Tasks tasks;
  private final Names names;
  private final Consumer<Stage> giveUp;

  /// @param giveUp ends the wait of a stage that is explained
  Agenda(Tasks tasks, Names names, Consumer<Stage> giveUp) {
    this.tasks = tasks;
    this.names = names;
    this.giveUp = giveUp;
  }

  /// After a session stopped.
  ///
  /// @param report the certificates, absent without TLS
  void after(Stop stop, Site site, @Nullable ChainReport report) {
    switch (stop.finding()) {
      case Finding.NameNotFound _, Finding.NoAddress _, Finding.ResolverUnreachable _ ->
          lookup(site);
      case Finding.ZoneFails _ -> lookup(site);
      case Finding.ConnectFailed _ -> {
        reach(site);
        place(site);
        domains(site);
      }
      case Finding.NoAnswer _ -> unanswered(stop.stage(), site);
      case Finding.ConnectionLost _ -> unanswered(stop.stage(), site);
      case Finding.ProtocolBroken _ -> {
        if (stop.stage() == Stage.BANNER) {
          place(site);
        }
      }
      case Finding.HandshakeFailed(var kind, _) -> handshake(kind, site);
      case Finding.CertificateRefused refused -> certificate(refused.kind(), site, report);
      case Finding.NotOffered(var keyword) -> missing(keyword, site);
      case Finding.MechanismsUnusable _ -> anonymous(site);
      case Finding.Refused _ -> refused(stop.stage(), site);
      case Finding.ConfigValue _,
          Finding.EgressDenied _,
          Finding.TlsInsteadOfGreeting _,
          Finding.InjectedOctets _,
          Finding.ServerNotProven _,
          Finding.TooLarge _,
          Finding.MessageMalformed _ -> {}
    }
  }

  /// While a stage is silent.
  ///
  /// @param late not after one second only, but after five
  /// @param waits whether it still is
  void during(Stage stage, boolean late, Site site, BooleanSupplier waits) {
    switch (stage) {
      case DNS -> lookup(site);
      case CONNECT -> {
        reach(site);
        place(site);
      }
      case TLS -> {
        if (isFromTheStart(site)) {
          place(site);
          listen(site);
        }
      }
      case BANNER -> {
        if (!isFromTheStart(site)) {
          place(site);
          if (site.port() != INCOMING || late) {
            offerTls(site, waits);
          }
        }
      }
      case CONFIG, EHLO, STARTTLS, CERTIFICATE, AUTH, MAIL_FROM, RCPT_TO, DATA, DELIVERY -> {}
    }
  }

  /// The family that the session did not take: whether there is a way at all.
  void otherFamily(Site site) {
    var peer = site.peer();
    if (peer == null) {
      return;
    }
    var six = peer instanceof Inet6Address;
    site.addresses().stream()
        .filter(address -> address instanceof Inet6Address != six)
        .findFirst()
        .ifPresent(address ->
            tasks.start("other-family", () -> new Ports(site).own(address, site.port())));
  }

  private void unanswered(Stage stage, Site site) {
    if (stage == Stage.BANNER || stage == Stage.TLS) {
      place(site);
      offerTls(site, () -> false);
    }
  }

  private void handshake(Break kind, Site site) {
    if (isFromTheStart(site)) {
      switch (kind) {
        case NOT_TLS, CLOSED, TIMED_OUT, OTHER -> {
          place(site);
          listen(site);
        }
        case PROTOCOL_VERSION,
            SERVER_TOO_OLD,
            NO_COMMON_SUITE,
            CLIENT_CERTIFICATE_WANTED,
            NAME_NOT_SERVED,
            WEAK_DH,
            LEGACY_SIGNATURE -> {}
      }
    }
  }

  private static boolean isFromTheStart(Site site) {
    return site.subject().relay().security() == Security.TLS;
  }

  private void certificate(Flaw flaw, Site site, @Nullable ChainReport report) {
    if (report == null) {
      return;
    }
    var authorities = new Authorities(site);
    switch (flaw) {
      case NAME_MISMATCH, SELF_SIGNED -> {
        place(site);
        tasks.start("no-sni", () -> authorities.withoutServerName(report.leaf()));
      }
      case UNKNOWN_ISSUER, INCOMPLETE_CHAIN -> {
        tasks.start("house", () -> authorities.house(report));
        tasks.start("issuer", () -> authorities.issuer(report));
        tasks.start("unrelated-certificate", () -> authorities.unrelated(report));
      }
      case EXPIRED, NOT_YET_VALID, WEAK_KEY, WEAK_SIGNATURE, WRONG_USAGE, REVOKED, MALFORMED -> {}
    }
  }

  private void missing(String keyword, Site site) {
    switch (keyword) {
      case "STARTTLS" -> {
        for (var port : Ports.SIBLINGS) {
          if (port != site.port() && port != Ports.WEB) {
            tasks.start("sibling-" + port, () -> new Approaches(site).sibling(port));
          }
        }
      }
      case "AUTH" -> {
        domains(site);
        anonymous(site);
      }
      default -> {}
    }
  }

  private void refused(Stage stage, Site site) {
    switch (stage) {
      case AUTH -> {
        domains(site);
        anonymous(site);
      }
      case MAIL_FROM, RCPT_TO, DATA -> domains(site);
      case CONFIG, DNS, CONNECT, TLS, BANNER, EHLO, STARTTLS, CERTIFICATE, DELIVERY -> {}
    }
  }

  /// Not at the public providers: there nobody is taken without a sign-in.
  private void anonymous(Site site) {
    if (Anonymous.tells(site.subject()) && Rulebook.ofHost(site.subject().host().ascii()) == null) {
      tasks.start("anonymous", () -> new Anonymous(site).look());
    }
  }

  private void lookup(Site site) {
    for (var name : Names.known()) {
      tasks.start("name-" + name, () -> names.known(name));
    }
    var host = site.subject().host();
    if (!host.isAddress()) {
      tasks.start("domain-host", () -> names.domain(Role.HOST, host.ascii()));
      var parent = Names.parent(host.ascii());
      if (!parent.isEmpty()) {
        tasks.start("domain-parent", () -> names.domain(Role.PARENT, parent));
      }
    }
  }

  /// Whether the name leads to the right machine.
  private void place(Site site) {
    var host = site.subject().host();
    if (!host.isAddress()) {
      var impossible = Names.impossible(site.network().random());
      tasks.start("impossible-name", () -> names.impossible(impossible));
      tasks.start("hosts-file", () -> names.local(host.ascii()));
    }
  }

  private void domains(Site site) {
    domain(Role.SENDER, site.subject().from());
    domain(Role.RECIPIENT, site.subject().to());
  }

  private void domain(Role role, @Nullable Mailbox mailbox) {
    if (mailbox != null) {
      var name = mailbox.domain().ascii();
      tasks.start("domain-" + role.name().toLowerCase(Locale.ROOT), () -> names.domain(role, name));
    }
  }

  private void reach(Site site) {
    var ports = new Ports(site);
    for (var six : new boolean[] {false, true}) {
      site.addresses().stream()
          .filter(address -> address instanceof Inet6Address == six)
          .findFirst()
          .ifPresent(address ->
              Ports.SIBLINGS.stream()
                  .filter(port -> port != site.port())
                  .forEach(port ->
                      tasks.start(
                          "port-" + port + (six ? "-six" : ""), () -> ports.own(address, port))));
    }
    var mail = Ports.comparable(site.port());
    var host = Ports.unrelatedMail(site.subject().host().ascii(), mail);
    tasks.start("unrelated-mail", () -> ports.elsewhere(host, mail));
    for (var web : Ports.unrelatedWeb()) {
      tasks.start("unrelated-" + web, () -> ports.elsewhere(web, Ports.WEB));
    }
  }

  private void listen(Site site) {
    tasks.start(
        "first-words",
        () -> {
          var seen = new Approaches(site).silently();
          if (seen.ending() == FirstWords.Ending.SPOKE) {
            giveUp.accept(Stage.TLS);
          }
          return List.of(seen);
        });
  }

  private void offerTls(Site site, BooleanSupplier waits) {
    tasks.start(
        "tls-offer",
        () -> {
          var seen = new Approaches(site).withTls(waits);
          if (seen.isTls()) {
            giveUp.accept(Stage.BANNER);
          }
          return List.of(seen);
        });
  }
}
