package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Certificates as people paste and upload them, and what is said of those that cannot be taken.
final class PemTest {
  private static final String ONE =
      Pem.format(
          List.of(
              SelfSigned.make(
                      List.of("mail.test"), Instant.parse("2026-11-24T12:00:00Z"), new Random(1))
                  .own()));
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----\n";

  @Test
  void text_and_binary_are_read_alike() throws CertificateEncodingException {
    var parsed = Objects.requireNonNull(Pem.parse(ONE));

    assertThat(Pem.ofOctets(parsed.getFirst().getEncoded())).isEqualTo(parsed);
    assertThat(Pem.ofOctets(ONE.getBytes(StandardCharsets.US_ASCII))).isEqualTo(parsed);
  }

  @Test
  void too_many_are_counted_and_the_limit_is_named() {
    var many = ONE.repeat(400);

    assertThat(Pem.parse(many)).isNull();
    assertThat(Pem.whyNot(many))
        .contains("400 certificates", "%,d characters;".formatted(many.length()))
        .contains("at most 65,536 characters");
  }

  @Test
  void the_limit_is_taken_and_one_character_more_is_not() {
    var full = ONE + "\n".repeat(Pem.CHARACTERS_MAX - ONE.length());

    assertThat(Pem.parse(full)).hasSize(1);
    assertThat(Pem.parse(full + "\n")).isNull();
    assertThat(Pem.whyNot(full + "\n")).contains("at most 65,536 characters");
  }

  @Test
  void a_damaged_one_is_told_by_its_number() {
    var broken = ONE + ONE.substring(0, 400) + "\n" + ONE;

    assertThat(Pem.parse(broken)).isNull();
    assertThat(Pem.whyNot(broken)).startsWith("Certificate 2 of 3 cannot be read");
    assertThat(Pem.whyNot("-----BEGIN CERTIFICATE-----\nnonsense"))
        .startsWith("Certificate 1 of 1 cannot be read");
  }

  @Test
  void a_private_key_is_called_one_and_taken_out_of_what_goes_back() {
    assertThat(Pem.parse(KEY)).isNull();
    assertThat(Pem.whyNot(KEY)).startsWith("This holds a private key. Never upload it");
    assertThat(Pem.whyNot(ONE + KEY)).startsWith("This holds a private key");
    assertThat(Pem.withoutKeys(ONE + KEY)).isEqualTo(ONE.strip());
    assertThat(Pem.withoutKeys("-----BEGIN RSA PRIVATE KEY-----\nMIIE")).isEmpty();
    assertThat(Pem.withoutKeys(ONE)).isEqualTo(ONE);
  }

  @Test
  void a_key_after_a_certificate_is_refused_too() {
    assertThat(Pem.parse(ONE + KEY)).isNull();
  }

  @Test
  void a_request_and_anything_else_are_told_apart() {
    assertThat(Pem.whyNot("-----BEGIN CERTIFICATE REQUEST-----\nMIIE\n"))
        .startsWith("This is a request for a certificate");
    assertThat(Pem.whyNot("hello")).startsWith("This is no certificate in PEM form");
  }
}
