package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the console shows itself with is judged before it is used.
final class ServerIdentityTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final ServerIdentity ONE =
      make("postern.example.com", "*.apps.example.com", "127.0.0.1", "[2001:db8::25]");
  private static final ServerIdentity OTHER = make("postern.example.com");

  @ParameterizedTest
  @CsvSource({
    "postern.example.com, true",
    "POSTERN.example.com, true",
    "example.com, false",
    "one.apps.example.com, true",
    "two.one.apps.example.com, false",
    "apps.example.com, false",
    "127.0.0.1, true",
    "127.0.0.2, false",
    "2001:db8::25, true",
    "[2001:db8:0::25], true",
    "localhost, false"
  })
  void it_is_for_the_names_that_it_carries(String host, boolean isFor) {
    assertThat(ONE.isFor(host)).isEqualTo(isFor);
  }

  @Test
  void a_made_one_is_whole_and_ends_after_397_days() throws Exception {
    assertThat(ONE.flaw()).isNull();
    assertThat(ONE.isSelfSigned()).isTrue();
    ONE.own().verify(ONE.own().getPublicKey());
    assertThat(ONE.own().getVersion()).isEqualTo(3);
    assertThat(ONE.own().getBasicConstraints()).isEqualTo(-1);
    assertThat(ONE.own().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(Duration.between(ONE.begins(), ONE.ends())).isEqualTo(SelfSigned.LIFETIME);
    assertThat(ONE.own().getSerialNumber()).isNotEqualTo(OTHER.own().getSerialNumber());
    assertThat(ONE.toString()).doesNotContain("EC");
  }

  @Test
  void its_time_is_judged_to_the_second() {
    assertThat(ONE.staleness(ONE.begins().minusSeconds(1))).contains("not valid before");
    assertThat(ONE.staleness(ONE.begins())).isNull();
    assertThat(ONE.staleness(ONE.ends())).isNull();
    assertThat(ONE.staleness(ONE.ends().plusSeconds(1))).contains("ended on");
  }

  @Test
  void the_key_of_another_certificate_is_noticed() throws NoSuchAlgorithmException {
    assertThat(new ServerIdentity(ONE.chain(), OTHER.key()).flaw()).contains("does not belong");
    var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    assertThat(new ServerIdentity(ONE.chain(), rsa).flaw()).contains("does not belong");
  }

  @Test
  void what_does_not_continue_the_chain_is_noticed() {
    assertThat(new ServerIdentity(List.of(ONE.own(), OTHER.own()), ONE.key()).flaw())
        .contains("Certificate 2 did not sign certificate 1");
  }

  @Test
  void a_chain_of_ten_is_taken_and_one_of_eleven_not() {
    assertThat(new ServerIdentity(Collections.nCopies(10, ONE.own()), ONE.key()).flaw()).isNull();
    assertThat(new ServerIdentity(Collections.nCopies(11, ONE.own()), ONE.key()).flaw())
        .contains("at most 10");
  }

  @Test
  void a_certificate_without_names_is_refused() {
    assertThat(make().flaw()).contains("names no host");
  }

  @Test
  void a_key_is_read_from_pkcs_8_without_a_passphrase_alone() {
    var text = pem("PRIVATE KEY", ONE.key().getEncoded());
    assertThat(ServerIdentity.key("words before\n" + text)).isEqualTo(ONE.key());
    assertThat(ServerIdentity.key(text.replace("PRIVATE", "ENCRYPTED PRIVATE"))).isNull();
    assertThat(ServerIdentity.key(text.replace("PRIVATE", "EC PRIVATE"))).isNull();
    assertThat(ServerIdentity.key(pem("PRIVATE KEY", new byte[] {1, 2, 3}))).isNull();
    assertThat(ServerIdentity.key("-----BEGIN PRIVATE KEY-----")).isNull();
    assertThat(ServerIdentity.key("")).isNull();
    var padding = " ".repeat(Pem.CHARACTERS_MAX - text.length());
    assertThat(ServerIdentity.key(text + padding)).isEqualTo(ONE.key());
    assertThat(ServerIdentity.key(text + padding + " ")).isNull();
  }

  private static ServerIdentity make(String... names) {
    return SelfSigned.make(List.of(names), NOON, new Random(7 + names.length));
  }

  private static String pem(String what, byte[] octets) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(octets), what);
  }
}
