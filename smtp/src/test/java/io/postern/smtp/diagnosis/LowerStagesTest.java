package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.Attempt;
import io.postern.smtp.diagnosis.Finding.Attempt.Reason;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed;
import io.postern.smtp.diagnosis.Finding.HandshakeFailed.Break;
import io.postern.smtp.diagnosis.Observation.Domain;
import io.postern.smtp.diagnosis.Observation.FirstWords;
import io.postern.smtp.diagnosis.Observation.Port.Whose;
import io.postern.smtp.diagnosis.Observation.TlsOffer;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.Profile;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lookalikes of the stages below the sign-in, told apart by what was seen beside the session.
class LowerStagesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String HERE = "192.0.2.10";

  private String host = "mail.example.net";
  private int port = 587;
  private Security security = Security.STARTTLS;
  private String greeting = "";
  private List<String> keywords = List.of();
  private Circumstances circumstances = Circumstances.UNKNOWN;
  private Clocks clocks = new Clocks(NOW, null);
  private List<X509Certificate> shown = List.of();
  private final List<Observation> seen = new ArrayList<>();

  // Names

  @Test
  void a_missing_name_is_judged_by_whether_others_exist() {
    var missing = new Finding.NameNotFound(host);
    seen(new Observation.KnownNames(1, 1, 0));
    assertCause("host-not-found certain", Stage.DNS, missing);
    seen(new Domain(Domain.Role.PARENT, "example.net", Domain.State.EXISTS, List.of()));
    assertCause("host-not-found likely", Stage.DNS, missing);
    seen.clear();
    seen(new Observation.KnownNames(1, 0, 0));
    assertCause("dns-resolver-unreachable likely", Stage.DNS, missing);
  }

  @Test
  void a_slip_in_the_name_of_a_provider_is_named() {
    host = "smtp.sendgird.net";
    var diagnosis = diagnose(Stage.DNS, new Finding.NameNotFound(host));
    assertEquals("host-not-found CERTAIN", diagnosis.cause() + " " + diagnosis.certainty());
    assertTrue(diagnosis.summary().contains("smtp.sendgrid.net"), diagnosis.summary());
  }

  @Test
  void names_that_public_dns_cannot_have_belong_to_another_view() {
    seen(new Observation.KnownNames(1, 1, 0));
    for (var name : List.of("ex01.corp.local", "relay.example.internal", "mail.fritz.lan")) {
      host = name;
      assertCause("split-horizon-dns likely", Stage.DNS, new Finding.NameNotFound(name));
    }
    host = "mailserver";
    assertCause("host-single-label likely", Stage.DNS, new Finding.NameNotFound(host));
  }

  @Test
  void silence_for_one_zone_is_the_zone_and_for_all_the_resolver() {
    assertCause(
        "dns-resolver-unreachable certain", Stage.DNS, new Finding.ResolverUnreachable(host));
    seen(new Observation.KnownNames(1, 1, 0));
    assertCause("dns-servfail likely", Stage.DNS, new Finding.ResolverUnreachable(host));
    assertCause("dns-servfail likely", Stage.DNS, new Finding.ZoneFails(host, "SERVFAIL"));
    seen.clear();
    seen(new Observation.KnownNames(1, 0, 0));
    assertCause(
        "dns-resolver-unreachable likely", Stage.DNS, new Finding.ZoneFails(host, "REFUSED"));
  }

  @Test
  void aliases_that_lead_nowhere_are_the_zone_whatever_else_resolves() {
    var circle = "The name is an alias that leads back to itself: a.test -> b.test -> a.test.";
    var finding = new Finding.AnswerUnusable(host, true, circle);
    assertCause("dns-servfail likely", Stage.DNS, finding);
    seen(new Observation.KnownNames(1, 0, 0));
    assertCause("dns-servfail likely", Stage.DNS, finding);
    assertEquals(circle, diagnose(Stage.DNS, finding).summary());
  }

  @Test
  void an_answer_that_is_none_is_the_zone_while_other_names_resolve() {
    var finding = new Finding.AnswerUnusable(host, false, "It is no DNS message.");
    assertCause("dns-servfail likely", Stage.DNS, finding);
    seen(new Observation.KnownNames(1, 1, 0));
    assertCause("dns-servfail likely", Stage.DNS, finding);
    var summary = diagnose(Stage.DNS, finding).summary();
    assertTrue(summary.endsWith("It is no DNS message. Other names resolve."), summary);
    seen.clear();
    seen(new Observation.KnownNames(1, 0, 0));
    assertCause("dns-resolver-unreachable likely", Stage.DNS, finding);
  }

  @Test
  void a_server_that_was_named_is_spoken_of_and_not_those_of_this_machine() {
    seen(new Observation.NamedServer("192.0.2.53:5353"));
    seen(new Observation.KnownNames(1, 0, 1));
    var findings =
        List.of(
            new Finding.ResolverUnreachable(host),
            new Finding.ZoneFails(host, "REFUSED"),
            new Finding.NameNotFound(host),
            new Finding.AnswerUnusable(host, false, "It is no DNS message."));
    for (var finding : findings) {
      var diagnosis = diagnose(Stage.DNS, finding);
      assertEquals("dns-resolver-unreachable", diagnosis.cause());
      assertTrue(diagnosis.summary().contains("192.0.2.53:5353"), diagnosis.summary());
      var words = diagnosis.title() + diagnosis.summary() + diagnosis.remedy();
      assertFalse(words.contains("resolv.conf"), words);
      assertFalse(diagnosis.summary().contains("of this machine"), words);
    }
  }

  @Test
  void an_entry_in_the_hosts_file_is_blamed_only_when_it_differs() {
    seen(new Observation.LocalName(List.of(HERE), List.of(HERE)));
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
    seen.clear();
    seen(new Observation.LocalName(List.of(HERE), List.of("198.51.100.1")));
    assertCause("dns-local-override likely", Stage.CONNECT, failed(Reason.REFUSED));
  }

  @Test
  void a_made_up_name_is_evidence_only_when_it_leads_to_the_same_place() {
    seen(new Observation.ImpossibleName("xyz.com", List.of("198.51.100.1")));
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
    seen(new Observation.ImpossibleName("xyz.com", List.of(HERE)));
    assertCause("dns-hijacked certain", Stage.CONNECT, failed(Reason.REFUSED));
  }

  // Connections

  @Test
  void what_the_egress_rules_close_is_certain_and_no_blocked_port() {
    var closed = diagnose(Stage.CONNECT, new Finding.EgressDenied("Closed by line 3.", false));
    assertEquals("port-blocked-egress CERTAIN", closed.cause() + " " + closed.certainty());
    assertEquals("Postern may not connect there", closed.title());
    assertTrue(String.join(" ", closed.remedy()).contains("egress rules"));

    var never = diagnose(Stage.CONNECT, new Finding.EgressDenied("Never.", true));
    assertEquals(Certainty.CERTAIN, never.certainty());
    assertTrue(!String.join(" ", never.remedy()).contains("egress"), never.toString());
  }

  @Test
  void a_port_that_is_silent_everywhere_while_others_open_is_blocked() {
    seen(shut(Whose.UNRELATED, 587, Reason.NO_ANSWER), open(Whose.UNRELATED, 443));
    assertCause("port-blocked-egress certain", Stage.CONNECT, failed(Reason.NO_ANSWER));
  }

  @Test
  void a_refusal_elsewhere_means_that_no_filter_swallows_the_port() {
    seen(shut(Whose.UNRELATED, 587, Reason.REFUSED), open(Whose.RELAY, 443));
    assertCause("client-ip-banned likely", Stage.CONNECT, failed(Reason.NO_ANSWER));
    seen(open(Whose.RELAY, 465));
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.NO_ANSWER));
  }

  @Test
  void where_nothing_opens_a_proxy_in_the_environment_is_the_way_out() {
    seen(
        shut(Whose.UNRELATED, 587, Reason.NO_ANSWER), shut(Whose.UNRELATED, 443, Reason.NO_ANSWER));
    assertCause("port-blocked-egress likely", Stage.CONNECT, failed(Reason.NO_ANSWER));
    circumstances = new Circumstances(false, List.of("proxy.example.net:3128"));
    assertCause("proxy-required likely", Stage.CONNECT, failed(Reason.NO_ANSWER));
    assertCause("proxy-required likely", Stage.CONNECT, failed(Reason.NO_ROUTE));
    seen(open(Whose.UNRELATED, 443));
    assertCause("port-blocked-egress certain", Stage.CONNECT, failed(Reason.NO_ANSWER));
  }

  @Test
  void what_the_egress_rules_deny_says_nothing_about_the_network() {
    circumstances = new Circumstances(false, List.of("proxy.example.net:3128"));
    seen(shut(Whose.UNRELATED, 587, Reason.NO_ANSWER), shut(Whose.UNRELATED, 443, Reason.DENIED));
    assertCause("port-blocked-egress likely", Stage.CONNECT, failed(Reason.NO_ANSWER));
  }

  @Test
  void a_refusal_is_certain_only_where_another_door_for_mail_is_open() {
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
    seen(open(Whose.RELAY, 25));
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
    seen(open(Whose.RELAY, 465));
    var diagnosis = diagnose(Stage.CONNECT, failed(Reason.REFUSED));
    assertEquals(Certainty.CERTAIN, diagnosis.certainty());
    assertEquals("Use port 465 with TLS from the start", diagnosis.repairs().getFirst().label());
  }

  @Test
  void localhost_is_the_container_only_inside_one() {
    host = "localhost";
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
    circumstances = new Circumstances(true, List.of());
    assertCause("localhost-in-container likely", Stage.CONNECT, failed(Reason.REFUSED));
    host = "mail.example.net";
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.REFUSED));
  }

  @Test
  void no_route_is_told_by_family_unless_the_server_answers_elsewhere() {
    assertCause("ipv4-no-route likely", Stage.CONNECT, failed(Reason.NO_ROUTE));
    var six = new Finding.ConnectFailed(List.of(new Attempt("2001:db8::1", Reason.NO_ROUTE)));
    assertCause("ipv6-no-route likely", Stage.CONNECT, six);
    seen(open(Whose.RELAY, 443));
    assertCause("connection-refused-wrong-port likely", Stage.CONNECT, failed(Reason.NO_ROUTE));
  }

  // Greetings

  @Test
  void silence_is_told_apart_by_what_tls_finds() {
    var none = new Finding.NoAnswer("Greeting", Duration.ofSeconds(30));
    seen(new TlsOffer(TlsOffer.Answer.ESTABLISHED, "220 mail.example.net ESMTP", ""));
    assertCause("plaintext-on-implicit-tls-port certain", Stage.BANNER, none);
    seen.clear();
    seen(new TlsOffer(TlsOffer.Answer.ESTABLISHED, "", "http/1.1"));
    assertCause("wrong-service-on-port certain", Stage.BANNER, none);
    seen.clear();
    seen(new TlsOffer(TlsOffer.Answer.ESTABLISHED, "* OK IMAP4rev1", ""));
    assertCause("wrong-service-on-port certain", Stage.BANNER, none);
    seen.clear();
    seen(new TlsOffer(TlsOffer.Answer.ESTABLISHED, "", ""));
    assertCause("wrong-service-on-port likely", Stage.BANNER, none);
    seen.clear();
    seen(new TlsOffer(TlsOffer.Answer.SILENT, "", ""));
    assertCause("slow-banner likely", Stage.BANNER, none);
  }

  @Test
  void inside_tls_a_mail_port_is_slow_and_another_one_is_no_mail_server() {
    security = Security.TLS;
    port = 465;
    var none = new Finding.NoAnswer("Greeting", Duration.ofSeconds(30));
    assertCause("slow-banner likely", Stage.BANNER, none);
    port = 443;
    assertCause("wrong-service-on-port likely", Stage.BANNER, none);
  }

  @Test
  void other_services_are_known_by_their_first_words() {
    for (var first : List.of("HTTP/1.1 400 Bad Request", "* OK ready", "+OK ready", "SSH-2.0-x")) {
      assertCause(
          "wrong-service-on-port certain",
          Stage.BANNER,
          new Finding.ProtocolBroken("no reply", first));
    }
    assertCause(
        "wrong-service-on-port likely",
        Stage.BANNER,
        new Finding.ProtocolBroken("no reply", "J\\x00"));
    assertCause(
        "server-misconfigured likely", Stage.EHLO, new Finding.ProtocolBroken("out of turn", ""));
  }

  // TLS

  @Test
  void a_handshake_that_breaks_from_the_start_is_explained_by_saying_nothing() {
    security = Security.TLS;
    port = 465;
    for (var kind : List.of(Break.NOT_TLS, Break.CLOSED, Break.TIMED_OUT, Break.OTHER)) {
      var broken = new HandshakeFailed(kind, "");
      seen.clear();
      seen(new FirstWords("220 mail.example.net ESMTP", FirstWords.Ending.SPOKE));
      assertCause("implicit-tls-on-starttls-port certain", Stage.TLS, broken);
      seen.clear();
      seen(new FirstWords("HTTP/1.1 400 Bad Request", FirstWords.Ending.SPOKE));
      assertCause("wrong-service-on-port certain", Stage.TLS, broken);
      seen.clear();
      seen(new FirstWords("", FirstWords.Ending.RESET));
      assertCause("connection-reset-by-middlebox likely", Stage.TLS, broken);
      seen.clear();
      seen(new FirstWords("", FirstWords.Ending.CLOSED));
      assertCause("server-closed-before-greeting likely", Stage.TLS, broken);
    }
  }

  @Test
  void each_break_of_a_handshake_has_its_cause() {
    assertCause(
        "server-misconfigured likely", Stage.TLS, new HandshakeFailed(Break.OVERSIZED, "60"));
    assertCause(
        "tls-version-mismatch likely", Stage.TLS, new HandshakeFailed(Break.PROTOCOL_VERSION, ""));
    assertCause(
        "tls-server-too-old certain", Stage.TLS, new HandshakeFailed(Break.SERVER_TOO_OLD, ""));
    assertCause(
        "tls-cipher-mismatch likely", Stage.TLS, new HandshakeFailed(Break.NO_COMMON_SUITE, ""));
    assertCause(
        "client-cert-required certain",
        Stage.TLS,
        new HandshakeFailed(Break.CLIENT_CERTIFICATE_WANTED, ""));
    assertCause("starttls-server-fault likely", Stage.TLS, new HandshakeFailed(Break.CLOSED, ""));
  }

  @Test
  void without_starttls_another_port_tells_server_and_proxy_apart() {
    var missing = new Finding.NotOffered("STARTTLS");
    greeting = "mail.example.net ESMTP";
    keywords = List.of("8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "PIPELINING", "SIZE");
    seen(sibling(List.of("8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "PIPELINING", "STARTTLS")));
    assertCause("starttls-not-offered likely", Stage.STARTTLS, missing);
    keywords = List.of("HELP", "SIZE");
    assertCause("smtp-intercepted likely", Stage.STARTTLS, missing);
    keywords = List.of("PIPELINING", "XXXXXXXA");
    assertCause("smtp-inspection-firewall certain", Stage.STARTTLS, missing);
  }

  @Test
  void a_port_that_was_seen_shut_is_not_offered() {
    port = 25;
    var missing = new Finding.NotOffered("STARTTLS");
    seen(open(Whose.RELAY, 465));
    assertEquals(1, diagnose(Stage.STARTTLS, missing).repairs().size());
    seen.clear();
    seen(shut(Whose.RELAY, 465, Reason.REFUSED));
    assertEquals(List.of(), diagnose(Stage.STARTTLS, missing).repairs());
  }

  @Test
  void a_proxy_that_passes_the_greeting_on_gives_itself_away_in_the_reply_to_ehlo() {
    var missing = new Finding.NotOffered("STARTTLS");
    greeting = "mail.example.net ESMTP";
    seen(new Observation.AnswersAs("mail.example.net"));
    assertCause("starttls-not-offered likely", Stage.STARTTLS, missing);
    seen.clear();
    seen(new Observation.AnswersAs("mx4.example.net"));
    assertCause("starttls-not-offered likely", Stage.STARTTLS, missing);
    seen.clear();
    seen(new Observation.AnswersAs("proxy.isp.example"));
    assertCause("smtp-intercepted guess", Stage.STARTTLS, missing);
  }

  @Test
  void a_provider_that_promises_starttls_is_not_the_one_that_answers_without() {
    host = "smtp.sendgrid.net";
    assertCause("smtp-intercepted likely", Stage.STARTTLS, new Finding.NotOffered("STARTTLS"));
  }

  @Test
  void the_exchanger_of_a_domain_of_the_mail_is_no_place_to_sign_in() {
    var missing = new Finding.NotOffered("AUTH");
    assertCause("auth-not-offered likely", Stage.AUTH, missing);
    seen(new Domain(Domain.Role.SENDER, "example.net", Domain.State.EXISTS, List.of(host)));
    assertCause("wrong-host-mx-instead-of-submission likely", Stage.AUTH, missing);
  }

  // Certificates

  @Test
  void clocks_that_are_years_apart_explain_both_ends_of_a_validity() {
    assertCause("clock-skew likely", Stage.CERTIFICATE, refused(Flaw.NOT_YET_VALID));
    assertCause("cert-expired certain", Stage.CERTIFICATE, refused(Flaw.EXPIRED));
    clocks = new Clocks(NOW, NOW.plus(Duration.ofDays(700)));
    assertCause("clock-skew certain", Stage.CERTIFICATE, refused(Flaw.NOT_YET_VALID));
    clocks = new Clocks(NOW, NOW.minus(Duration.ofDays(700)));
    assertCause("clock-skew likely", Stage.CERTIFICATE, refused(Flaw.EXPIRED));
  }

  @Test
  void a_missing_link_is_told_by_fetching_it_or_by_the_house_it_comes_from() {
    shown = chain("Somebody");
    assertCause("cert-unknown-ca likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    seen(new Observation.TrustedHouse("Somebody", true));
    assertCause("cert-incomplete-chain likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    seen(new Observation.FetchedIssuer("Link", true));
    assertCause("cert-incomplete-chain certain", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
  }

  @Test
  void a_whole_chain_of_a_public_house_lacks_only_its_root_here() {
    var leaf = chain("Somebody").getFirst();
    shown = List.of(leaf, leaf);
    seen(new Observation.TrustedHouse("Somebody", true));
    assertCause("trust-store-outdated likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
  }

  @Test
  void an_inspector_is_known_by_its_name_or_by_signing_for_others_too() {
    shown = chain("Avast Web/Mail Shield Root");
    assertCause(
        "tls-intercepted-antivirus likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    shown = chain("FortiGate CA");
    assertCause("tls-intercepted-firewall likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    shown = chain("Acme Root");
    assertCause("cert-unknown-ca likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    seen(new Observation.UnrelatedCertificate("smtp.gmail.com", false, true));
    assertCause(
        "tls-intercepted-firewall certain", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
    seen.clear();
    host = "smtp.sendgrid.net";
    assertCause("tls-intercepted-firewall likely", Stage.CERTIFICATE, refused(Flaw.UNKNOWN_ISSUER));
  }

  @Test
  void a_name_in_the_old_field_alone_is_told_apart_from_no_name_at_all() {
    var old = Profile.server("mail.example.net", NOW).named();
    shown = List.of(new Authority(NOW).issue(old).certificate());
    var summary = diagnose(Stage.CERTIFICATE, refused(Flaw.NAME_MISMATCH)).summary();
    assertTrue(
        summary.contains("It names mail.example.net only in the old field for it (CN)"), summary);

    shown = List.of();
    var nobody = diagnose(Stage.CERTIFICATE, refused(Flaw.NAME_MISMATCH)).summary();
    assertTrue(nobody.contains("It names nobody."), nobody);
  }

  @Test
  void a_placeholder_certificate_asks_for_the_server_name() {
    shown = List.of(Authority.selfSigned(Profile.server("invalid2.invalid", NOW)).certificate());
    assertCause("sni-required likely", Stage.CERTIFICATE, refused(Flaw.SELF_SIGNED));
  }

  @Test
  void every_inspector_says_where_it_is_known_from() {
    assertTrue(Inspectors.all().size() > 20);
  }

  @Test
  void what_a_handshake_and_a_certificate_say_by_themselves() {
    assertCause("tls-weak-dh likely", Stage.TLS, new HandshakeFailed(Break.WEAK_DH, ""));
    assertCause(
        "tls-legacy-signature likely", Stage.TLS, new HandshakeFailed(Break.LEGACY_SIGNATURE, ""));
    assertCause("cert-revoked certain", Stage.CERTIFICATE, refused(Flaw.REVOKED));
    assertCause("cert-weak-signature certain", Stage.CERTIFICATE, refused(Flaw.WEAK_SIGNATURE));
  }

  @Test
  void a_server_that_takes_tokens_only_wants_oauth_and_one_that_takes_tickets_too_does_not() {
    var google = List.of("XOAUTH2", "OAUTHBEARER");
    assertCause("oauth-required certain", Stage.AUTH, new Finding.MechanismsUnusable(google));
    var both = List.of("XOAUTH2", "GSSAPI");
    assertCause(
        "auth-mechanism-unsupported certain", Stage.AUTH, new Finding.MechanismsUnusable(both));
  }

  @Test
  void a_name_without_an_address_is_a_mail_domain() {
    assertCause("host-no-address-record certain", Stage.DNS, new Finding.NoAddress(host));
  }

  private void assertCause(String expected, Stage stage, Finding finding) {
    var diagnosis = diagnose(stage, finding);
    assertEquals(expected, diagnosis.cause() + " " + diagnosis.certainty().word());
    assertTrue(!diagnosis.summary().contains("{"), diagnosis.summary());
  }

  private Diagnosis diagnose(Stage stage, Finding finding) {
    var evidence = new Evidence(circumstances, List.of(HERE), shown, clocks, seen);
    var context =
        new DiagnosisContext(
            host,
            port,
            security,
            greeting,
            keywords,
            List.of(),
            List.of(),
            "console@example.net",
            Secret.of("secret"),
            false,
            "console@example.net",
            "somebody@example.org",
            "",
            NOW,
            evidence);
    return Diagnoser.diagnose(stage, finding, context);
  }

  private void seen(Observation... observations) {
    seen.addAll(List.of(observations));
  }

  private static Finding failed(Reason reason) {
    return new Finding.ConnectFailed(List.of(new Attempt(HERE, reason)));
  }

  private static Observation open(Whose whose, int port) {
    return new Observation.Port(whose, HERE, port, true, Reason.OTHER);
  }

  private static Observation shut(Whose whose, int port, Reason reason) {
    return new Observation.Port(whose, HERE, port, false, reason);
  }

  private static Observation sibling(List<String> keywords) {
    return new Observation.Sibling(587, false, "mail.example.net ESMTP", keywords);
  }

  private static CertificateRefused refused(Flaw flaw) {
    var when = flaw == Flaw.EXPIRED ? NOW.minus(Duration.ofDays(9)) : NOW.plus(Duration.ofDays(9));
    return new CertificateRefused(flaw, "mail.example.net", "Issuer", when, List.of());
  }

  private static List<X509Certificate> chain(String issuer) {
    var authority = new Authority(NOW, Profile.authority(issuer, NOW));
    return List.of(authority.issue(Profile.server("mail.example.net", NOW)).certificate());
  }
}
