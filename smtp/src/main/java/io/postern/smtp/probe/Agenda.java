package io.postern.smtp.probe;

import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.session.Stop;
import io.postern.smtp.tls.ChainReport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which probes can change the verdict of which finding; no others run.
final class Agenda {
  /// Servers for incoming mail make everybody wait some seconds and hold it against those who speak
  /// first (postscreen: 6 s); and nobody speaks TLS from the start there.
  private static final int INCOMING = 25;

  private final Tasks tasks;
  private final Looks looks;

  Agenda(Tasks tasks, Looks looks) {
    this.tasks = tasks;
    this.looks = looks;
  }

  /// After a session stopped.
  ///
  /// @param report the certificates, absent without TLS
  void after(Stop stop, Site site, @Nullable ChainReport report) {
    switch (stop.finding()) {
      case Finding.NameNotFound _, Finding.NoAddress _, Finding.ResolverUnreachable _ ->
          looks.lookup(site);
      case Finding.ZoneFails _, Finding.AnswerUnusable _ -> looks.lookup(site);
      case Finding.ConnectFailed _ -> {
        looks.reach(site);
        looks.place(site);
        looks.domains(site);
      }
      case Finding.NoAnswer _ -> unanswered(stop.stage(), site);
      case Finding.ConnectionLost _ -> unanswered(stop.stage(), site);
      case Finding.ProtocolBroken _ -> {
        if (stop.stage() == Stage.BANNER) {
          looks.place(site);
        }
      }
      case Finding.HandshakeFailed(var kind, _) -> handshake(kind, site);
      case Finding.CertificateRefused refused -> certificate(refused.kind(), site, report);
      case Finding.NotOffered(var keyword) -> missing(keyword, site);
      case Finding.MechanismsUnusable _ -> looks.anonymous(site);
      case Finding.Refused _ -> refused(stop.stage(), site);
      case Finding.ConfigValue _,
          Finding.PinNotOffered _,
          Finding.EgressDenied _,
          Finding.TlsInsteadOfGreeting _,
          Finding.InjectedOctets _,
          Finding.TokenMissing _,
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
      case DNS -> looks.lookup(site);
      case CONNECT -> {
        looks.reach(site);
        looks.place(site);
      }
      case TLS -> {
        if (site.isTlsFromTheStart()) {
          looks.place(site);
          looks.listen(site, waits);
        }
      }
      case BANNER -> {
        looks.place(site);
        if (site.isTlsFromTheStart()) {
          offerWeb(site);
        } else if (site.port() != INCOMING || late) {
          looks.offerTls(site, waits);
        }
      }
      case CONFIG, EHLO, STARTTLS, CERTIFICATE, AUTH, MAIL_FROM, RCPT_TO, DATA, DELIVERY -> {}
    }
  }

  /// Inside TLS only a web server can be told apart, and nobody keeps one on a mail port.
  private void offerWeb(Site site) {
    if (Security.ofPort(site.port()) != Security.TLS) {
      looks.offerTls(site, () -> false);
    }
  }

  private void unanswered(Stage stage, Site site) {
    if (stage == Stage.BANNER || stage == Stage.TLS) {
      looks.place(site);
      looks.offerTls(site, () -> false);
    }
  }

  private void handshake(Break kind, Site site) {
    if (site.isTlsFromTheStart()) {
      switch (kind) {
        case NOT_TLS, CLOSED, TIMED_OUT, OTHER -> {
          looks.place(site);
          looks.listen(site, () -> false);
        }
        case PROTOCOL_VERSION,
            SERVER_TOO_OLD,
            NO_COMMON_SUITE,
            CLIENT_CERTIFICATE_WANTED,
            NAME_NOT_SERVED,
            WEAK_DH,
            LEGACY_SIGNATURE,
            OVERSIZED -> {}
      }
    }
  }

  private void certificate(Flaw flaw, Site site, @Nullable ChainReport report) {
    if (report == null) {
      return;
    }
    var authorities = new Authorities(site);
    switch (flaw) {
      case NAME_MISMATCH, SELF_SIGNED -> {
        looks.place(site);
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
      case "STARTTLS" -> looks.siblings(site);
      case "AUTH" -> {
        looks.domains(site);
        looks.anonymous(site);
      }
      default -> {}
    }
  }

  private void refused(Stage stage, Site site) {
    switch (stage) {
      case AUTH -> {
        looks.domains(site);
        looks.anonymous(site);
      }
      case MAIL_FROM, RCPT_TO, DATA -> looks.domains(site);
      case CONFIG, DNS, CONNECT, TLS, BANNER, EHLO, STARTTLS, CERTIFICATE, DELIVERY -> {}
    }
  }
}
