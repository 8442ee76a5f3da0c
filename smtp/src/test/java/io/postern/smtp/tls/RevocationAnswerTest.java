package io.postern.smtp.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.postern.smtp.tls.RevocationAnswer.Standing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Answers of an OCSP responder and a list of revoked certificates that OpenSSL made for a
/// throwaway authority; its keys are gone.
class RevocationAnswerTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  private final X509Certificate authority = certificate("authority");
  private final X509Certificate good = certificate("good");
  private final X509Certificate revoked = certificate("revoked");

  @Test
  void the_question_is_the_one_that_openssl_asks() {
    assertArrayEquals(octets("good-question.der"), RevocationAnswer.question(good, authority));
  }

  @Test
  void a_responder_says_good_or_revoked() {
    assertInstanceOf(Standing.Good.class, answered("good-answer.der", good));
    assertInstanceOf(Standing.Revoked.class, answered("revoked-answer.der", revoked));
  }

  @Test
  void an_answer_about_another_certificate_tells_nothing() {
    assertInstanceOf(Standing.Unknown.class, answered("good-answer.der", revoked));
  }

  @Test
  void a_forged_answer_tells_nothing() {
    var forged = octets("good-answer.der");
    forged[forged.length / 4] ^= 1;
    assertInstanceOf(
        Standing.Unknown.class, RevocationAnswer.ofResponse(forged, good, authority, NOW));
  }

  @Test
  void an_answer_that_is_out_of_date_tells_nothing() {
    var late = Instant.parse("2060-01-01T00:00:00Z");
    assertInstanceOf(
        Standing.Unknown.class,
        RevocationAnswer.ofResponse(octets("revoked-answer.der"), good, authority, late));
  }

  @Test
  void the_list_names_the_revoked_one_only() {
    var list = octets("list.crl");
    assertInstanceOf(Standing.Good.class, RevocationAnswer.ofList(list, good, authority, NOW));
    assertInstanceOf(
        Standing.Revoked.class, RevocationAnswer.ofList(list, revoked, authority, NOW));
  }

  @Test
  void a_list_of_somebody_else_tells_nothing() {
    assertInstanceOf(
        Standing.Unknown.class, RevocationAnswer.ofList(octets("list.crl"), revoked, good, NOW));
  }

  @Test
  void the_addresses_stand_in_the_certificate() {
    assertEquals("http://ocsp.test/answer", String.valueOf(CertificateAddresses.ofOcsp(good)));
    assertEquals(
        "http://pki.test:8080/issuer.der", String.valueOf(CertificateAddresses.ofIssuer(good)));
    assertEquals("http://pki.test/list.crl", String.valueOf(CertificateAddresses.ofCrl(good)));
  }

  @Test
  void the_issuer_is_found_in_the_chain_or_among_the_trusted() {
    var trusted = new Trust(List.of(authority), false);
    assertEquals(authority, RevocationAnswer.issuerOf(List.of(good), trusted));
    assertEquals(
        authority, RevocationAnswer.issuerOf(List.of(good, authority), Trust.publicAuthorities()));
  }

  private Standing answered(String file, X509Certificate certificate) {
    return RevocationAnswer.ofResponse(octets(file), certificate, authority, NOW);
  }

  private static X509Certificate certificate(String name) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(octets(name + ".der")));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] octets(String file) {
    try (var input = RevocationAnswerTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(input, file).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
