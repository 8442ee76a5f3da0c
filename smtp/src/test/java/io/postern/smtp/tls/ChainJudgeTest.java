package io.postern.smtp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.Authority.Certified;
import io.postern.smtp.fixtures.Profile;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates judged by our rules, because the JDK's are too lax (R-205 to R-208; F-001, F-002,
/// F-011, and the lab's measurements).
class ChainJudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Authority AUTHORITY = new Authority(NOW);

  @Test
  void a_certificate_of_an_own_authority_is_accepted() {
    assertNull(judge(AUTHORITY.issue(server())));
  }

  @Test
  void R207_without_the_own_authority_it_is_of_an_unknown_one() {
    var leaf = AUTHORITY.issue(server()).certificate();
    assertEquals(Flaw.UNKNOWN_ISSUER, judge(Trust.publicAuthorities(), leaf));
  }

  @Test
  void R207_a_date_is_judged_to_the_second() {
    var end = NOW.plus(DAY);
    var leaf = AUTHORITY.issue(server().valid(NOW, end)).certificate();
    assertNull(judge(leaf, NOW));
    assertNull(judge(leaf, end));
    assertEquals(Flaw.EXPIRED, judge(leaf, end.plusSeconds(1)));
    assertEquals(Flaw.NOT_YET_VALID, judge(leaf, NOW.minusSeconds(1)));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource({
    "mx.test, mx.test",
    "MX.Test, mx.test",
    "*.mx.test, smtp.mx.test",
    "xn--bcher-kva.example, bücher.example",
    "*.xn--bcher-kva.example, mx.bücher.example"
  })
  void R206_names_that_match(String presented, String host) {
    assertNull(judge(AUTHORITY.issue(Profile.server(presented, NOW)), host));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource({
    "other.test, mx.test",
    "mx.test, smtp.mx.test",
    "smtp.mx.test, mx.test",
    "*.mx.test, mx.test",
    "*.mx.test, a.smtp.mx.test",
    "*.test, mx.test",
    "*, mx",
    "s*p.mx.test, smtp.mx.test",
    "sm*.mx.test, smtp.mx.test",
    "*tp.mx.test, smtp.mx.test",
    "smtp.*.test, smtp.mx.test",
    "*.*.test, smtp.mx.test",
    "127.0.0.1, 127.0.0.1",
    "mx.test.evil.test, mx.test"
  })
  void R206_names_that_do_not_match(String presented, String host) {
    assertEquals(Flaw.NAME_MISMATCH, judge(AUTHORITY.issue(Profile.server(presented, NOW)), host));
  }

  @Test
  void R206_a_common_name_names_nobody() {
    assertEquals(Flaw.NAME_MISMATCH, judge(AUTHORITY.issue(server().named())));
  }

  @Test
  void R206_one_of_many_names_is_enough() {
    assertNull(judge(AUTHORITY.issue(server().named("a.test", "mx.test", "b.test"))));
  }

  @Test
  void R206_an_address_matches_an_address_and_no_name() {
    var four = AUTHORITY.issue(server().named().at(new byte[] {127, 0, 0, 1}));
    assertNull(judge(four, "127.0.0.1"));
    assertEquals(Flaw.NAME_MISMATCH, judge(four, "127.0.0.2"));
    assertEquals(Flaw.NAME_MISMATCH, judge(four, "mx.test"));
    var six = new byte[16];
    six[15] = 1;
    assertNull(judge(AUTHORITY.issue(server().named().at(six)), "::1"));
  }

  @Test
  void the_names_that_it_has_are_told() {
    var leaf = AUTHORITY.issue(server().named("a.test", "b.test").at(new byte[] {10, 0, 0, 7}));
    var refusal = report(leaf.certificate()).refusal();
    assertEquals(
        List.of("a.test", "b.test", "10.0.0.7"), refusal == null ? List.of() : refusal.names());
  }

  @Test
  void R207_a_certificate_that_signed_itself_is_told_from_one_of_an_unknown_authority() {
    assertEquals(Flaw.SELF_SIGNED, judge(Authority.selfSigned(server())));
    var stranger = new Authority(NOW, Profile.authority("Nobody's Authority", NOW));
    assertEquals(Flaw.UNKNOWN_ISSUER, judge(stranger.issue(server())));
  }

  @Test
  void R207_an_authority_of_the_same_name_with_another_key_is_unknown() {
    assertEquals(Flaw.UNKNOWN_ISSUER, judge(new Authority(NOW).issue(server())));
  }

  @Test
  void R207_an_intermediate_must_be_sent_along() {
    var between = AUTHORITY.intermediate(Profile.authority("Between", NOW));
    var leaf = between.issue(server().withIssuerAddress()).certificate();
    assertNull(judge(trust(), leaf, between.certificate()));
    assertEquals(Flaw.INCOMPLETE_CHAIN, judge(trust(), leaf));
  }

  @Test
  void the_order_of_what_is_sent_along_does_not_matter() {
    var one = AUTHORITY.intermediate(Profile.authority("One", NOW));
    var two = one.intermediate(Profile.authority("Two", NOW));
    var leaf = two.issue(server()).certificate();
    assertNull(judge(trust(), leaf, AUTHORITY.certificate(), one.certificate(), two.certificate()));
  }

  @Test
  void an_intermediate_that_is_no_authority_signs_nothing() {
    var impostor =
        new Authority(NOW, Profile.authority("Impostor", NOW))
            .intermediate(Profile.server("impostor.test", NOW));
    var leaf = impostor.issue(server()).certificate();
    var judged = judge(trust(), leaf, impostor.certificate());
    assertEquals(Flaw.UNKNOWN_ISSUER, judged);
  }

  @Test
  void R207_an_expired_intermediate_is_told_as_expired() {
    var old =
        AUTHORITY.intermediate(
            Profile.authority("Old", NOW).valid(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
    var leaf = old.issue(server()).certificate();
    assertEquals(Flaw.EXPIRED, judge(trust(), leaf, old.certificate()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"RSA-1024, WEAK_KEY", "RSA-2047, WEAK_KEY", "RSA-2048, ", "EC, "})
  void R207_a_key_has_a_least_length(String keys, @Nullable Flaw flaw) {
    assertEquals(flaw, judge(AUTHORITY.issue(server().withKeys(keys))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"SHA1, WEAK_SIGNATURE", "SHA256, ", "SHA384, "})
  void R207_a_signature_is_made_with_a_hash_that_holds(String hash, @Nullable Flaw flaw) {
    assertEquals(flaw, judge(AUTHORITY.issue(server().signedWith(hash))));
  }

  @Test
  void a_weak_intermediate_is_as_bad_as_a_weak_leaf() {
    var weak = AUTHORITY.intermediate(Profile.authority("Weak", NOW).withKeys("RSA-1024"));
    assertEquals(
        Flaw.WEAK_KEY, judge(trust(), weak.issue(server()).certificate(), weak.certificate()));
    var forged = AUTHORITY.intermediate(Profile.authority("Forged", NOW).signedWith("SHA1"));
    assertEquals(
        Flaw.WEAK_SIGNATURE,
        judge(trust(), forged.issue(server()).certificate(), forged.certificate()));
  }

  @Test
  void R207_a_key_for_clients_serves_no_server() {
    assertEquals(Flaw.WRONG_USAGE, judge(AUTHORITY.issue(server().usedFor("client"))));
    assertNull(judge(AUTHORITY.issue(server().usedFor("client", "server"))));
    assertNull(judge(AUTHORITY.issue(server().usedFor("any"))));
  }

  /// The JDK takes an expired or weak anchor (F-011).
  @Test
  void R208_an_own_authority_counts_while_it_is_valid_and_strong() {
    var old =
        new Authority(
            NOW,
            Profile.authority("Old Root", NOW)
                .valid(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
    assertEquals(Flaw.EXPIRED, judge(trust(old), old.issue(server()).certificate()));
    var weak = new Authority(NOW, Profile.authority("Weak Root", NOW).withKeys("RSA-1024"));
    assertEquals(Flaw.WEAK_KEY, judge(trust(weak), weak.issue(server()).certificate()));
  }

  @Test
  void R208_a_pinned_certificate_is_accepted_whatever_its_issuer_and_name() {
    var own = Authority.selfSigned(Profile.server("localhost", NOW)).certificate();
    var report = new ChainJudge(new Trust(List.of(own), false), NOW).judge(List.of(own), mx());
    assertNull(report.refusal());
    assertTrue(report.pinned());
  }

  @Test
  void R208_a_pin_is_of_exactly_that_certificate() {
    var own = Authority.selfSigned(server()).certificate();
    var renewed = Authority.selfSigned(server()).certificate();
    assertEquals(Flaw.SELF_SIGNED, judge(new Trust(List.of(own), false), renewed));
    assertFalse(
        new ChainJudge(new Trust(List.of(own), false), NOW).judge(List.of(renewed), mx()).pinned());
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "weak key", "weak signature"})
  void R208_a_pin_ends_with_its_certificate_and_makes_nothing_weak_strong(String fault) {
    var profile =
        switch (fault) {
          case "expired" -> server().valid(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY));
          case "weak key" -> server().withKeys("RSA-1024");
          default -> server().signedWith("SHA1");
        };
    var pin = Authority.selfSigned(profile).certificate();
    var flaw = judge(new Trust(List.of(pin), false), pin);
    assertEquals(
        switch (fault) {
          case "expired" -> Flaw.EXPIRED;
          case "weak key" -> Flaw.WEAK_KEY;
          default -> Flaw.WEAK_SIGNATURE;
        },
        flaw);
  }

  @Test
  void R208_a_pinned_leaf_vouches_for_no_other() {
    var leaf = AUTHORITY.issue(server());
    var other = AUTHORITY.issue(server()).certificate();
    assertEquals(Flaw.UNKNOWN_ISSUER, judge(new Trust(List.of(leaf.certificate()), false), other));
  }

  @Test
  void R209_skipping_verification_does_not_change_the_judgement() {
    var leaf = Authority.selfSigned(server()).certificate();
    assertEquals(Flaw.SELF_SIGNED, judge(new Trust(List.of(), true), leaf));
  }

  private static Profile server() {
    return Profile.server("mx.test", NOW);
  }

  private static HostName mx() {
    return HostName.parse("mx.test");
  }

  private static Trust trust() {
    return trust(AUTHORITY);
  }

  private static Trust trust(Authority authority) {
    return new Trust(List.of(authority.certificate()), false);
  }

  private static @Nullable Flaw judge(Certified leaf) {
    return judge(leaf, "mx.test");
  }

  private static @Nullable Flaw judge(Certified leaf, String host) {
    return flaw(
        new ChainJudge(trust(), NOW).judge(List.of(leaf.certificate()), HostName.parse(host)));
  }

  private static @Nullable Flaw judge(X509Certificate leaf, Instant now) {
    return flaw(new ChainJudge(trust(), now).judge(List.of(leaf), mx()));
  }

  private static @Nullable Flaw judge(Trust trust, X509Certificate... chain) {
    return flaw(new ChainJudge(trust, NOW).judge(Arrays.asList(chain), mx()));
  }

  private static ChainReport report(X509Certificate leaf) {
    return new ChainJudge(trust(), NOW).judge(List.of(leaf), mx());
  }

  private static @Nullable Flaw flaw(ChainReport report) {
    var refusal = report.refusal();
    return refusal == null ? null : refusal.kind();
  }
}
