package io.postern.smtp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mechanisms against the vectors of their RFCs, and their order.
class MechanismTest {
  private static final Secret PENCIL = Secret.of("pencil");
  private static final ChannelBinding BINDING = new ChannelBinding("tls-exporter", new byte[] {1});
  private static final List<String> BY_RANK =
      List.of(
          "SCRAM-SHA-256-PLUS",
          "SCRAM-SHA-256",
          "SCRAM-SHA-1-PLUS",
          "SCRAM-SHA-1",
          "PLAIN",
          "LOGIN",
          "CRAM-MD5");

  /// RFC 5802 section 5.
  @Test
  void R238_scram_sha_1_gives_the_vector_of_its_rfc() throws SaslException {
    var scram = scram("SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL");
    assertEquals("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", text(scram.initialResponse()));
    assertEquals(
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        answer(scram, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"));
    assertFalse(scram.isServerProven());
    assertEquals("", answer(scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    assertTrue(scram.isServerProven());
  }

  /// RFC 7677 section 3.
  @Test
  void R238_scram_sha_256_gives_the_vector_of_its_rfc() throws SaslException {
    var scram = scram("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO");
    assertEquals("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", text(scram.initialResponse()));
    assertEquals(
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        answer(
            scram,
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
    assertEquals("", answer(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    assertTrue(scram.isServerProven());
  }

  @Test
  void R238_a_wrong_signature_is_no_proof() throws SaslException {
    var scram = scram("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO");
    scram.initialResponse();
    answer(scram, "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    var failure =
        assertThrows(
            SaslException.class,
            () -> answer(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    assertTrue(failure.isUnproven());
    assertFalse(scram.isServerProven());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r=alien,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==",
        "r=rOprNGfwEbeRWgbNEkqO1,s=!,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483648",
        "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-4096",
        "m=new,r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
      })
  void R238_a_first_message_that_breaks_the_rules_ends_the_exchange(String message) {
    var scram = scram("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO");
    scram.initialResponse();
    var failure = assertThrows(SaslException.class, () -> answer(scram, message));
    assertFalse(failure.isUnproven());
    assertFalse(Objects.requireNonNull(failure.getMessage()).contains("pencil"));
  }

  /// Whatever a server says ends in an answer or in a broken rule, and in nothing else.
  @Test
  void R530_any_message_ends_well() {
    var random = new Random(5802);
    var alphabet = "r=rOprNGfwEbeRWgbNEkqO,s=QQ==,i=4096v=e=m=,,=";
    for (var i = 0; i < 5_000; i++) {
      var scram = scram("SCRAM-SHA-1", "rOprNGfwEbeRWgbNEkqO");
      scram.initialResponse();
      for (var step = 0; step < 2; step++) {
        var begin = random.nextBoolean() ? "r=rOprNGfwEbeRWgbNEkqO1,s=QQ==,i=4096" : "";
        var message =
            begin
                + random
                    .ints(random.nextInt(12), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(java.util.stream.Collectors.joining());
        try {
          answer(scram, message);
        } catch (SaslException _) {
          break;
        }
      }
      assertFalse(scram.isServerProven());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_096, 1_000_000})
  void R238_iterations_at_the_limits_are_taken(int iterations) throws SaslException {
    var scram = scram("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO");
    scram.initialResponse();
    assertTrue(
        answer(scram, "r=rOprNGfwEbeRWgbNEkqO1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=" + iterations)
            .startsWith("c=biws,"));
  }

  @Test
  void R238_binding_shows_in_the_flag() {
    var binding = new ChannelBinding("tls-exporter", new byte[] {1});
    assertEquals("p=tls-exporter,,", header(List.of("SCRAM-SHA-256-PLUS"), binding));
    assertEquals("y,,", header(List.of("SCRAM-SHA-256"), binding));
    assertEquals("n,,", header(List.of("SCRAM-SHA-256"), null));
  }

  @Test
  void R238_no_two_exchanges_have_the_same_nonce() {
    var mechanisms = new Mechanisms(List.of("SCRAM-SHA-256"), new Random());
    assertFalse(
        text(mechanisms.forPassword("user", PENCIL, null).getFirst().initialResponse())
            .equals(
                text(mechanisms.forPassword("user", PENCIL, null).getFirst().initialResponse())));
  }

  /// RFC 2195 section 2.
  @Test
  void R237_cram_md5_gives_the_vector_of_its_rfc() throws SaslException {
    var mechanism = new CramMd5("tim", Secret.of("tanstaaftanstaaf"));
    assertNull(mechanism.initialResponse());
    assertEquals(
        "tim b913a602c7eda7a495b4e6e7334d3890",
        text(
            mechanism.answer(
                "<1896.697170952@postoffice.reston.mci.net>".getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void R235_plain_carries_what_was_typed() throws SaslException {
    var plain = new Plain(" jö ", Secret.of(" pässword \t"));
    assertArrayEquals(
        "\0 jö \0 pässword \t".getBytes(StandardCharsets.UTF_8), plain.initialResponse());
    assertThrows(SaslException.class, () -> plain.answer(new byte[0]));
  }

  @Test
  void R236_login_answers_two_prompts() throws SaslException {
    var login = new Login("jo", PENCIL);
    assertEquals("jo", text(login.answer(new byte[0])));
    assertEquals("pencil", text(login.answer(new byte[0])));
    assertThrows(SaslException.class, () -> login.answer(new byte[0]));
  }

  /// RFC 7628 section 4.1.
  @Test
  void R240_oauthbearer_gives_the_example_of_its_rfc() throws SaslException {
    var bearer =
        Bearer.oauthBearer(
            "user@example.com",
            Secret.of("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
            "server.example.com",
            143);
    assertEquals(
        "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyI"
            + "HZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB",
        Base64.getEncoder().encodeToString(bearer.initialResponse()));
    assertArrayEquals(new byte[] {1}, bearer.answer(new byte[8_192]));
  }

  /// The example of Google's page on XOAUTH2.
  @Test
  void R241_xoauth2_gives_the_example_of_its_maker() throws SaslException {
    var bearer =
        Bearer.xoauth2(
            "someuser@example.com", Secret.of("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"));
    assertEquals(
        "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSF"
            + "JoZG1semRHRXVZMjl0Q2cBAQ==",
        Base64.getEncoder().encodeToString(bearer.initialResponse()));
    assertEquals(0, bearer.answer(new byte[0]).length);
  }

  /// Every subset of what servers offer, with and without a channel to bind to.
  @Test
  void R230_the_best_of_any_list_is_chosen() {
    for (var bits = 0; bits < 1 << BY_RANK.size(); bits++) {
      var offered = new ArrayList<String>();
      for (var i = 0; i < BY_RANK.size(); i++) {
        if ((bits & 1 << i) != 0) {
          offered.add(
              i % 2 == 0 ? BY_RANK.get(i) : BY_RANK.get(i).toLowerCase(java.util.Locale.ROOT));
        }
      }
      java.util.Collections.shuffle(offered, new Random(bits));
      for (var bound : new boolean[] {true, false}) {
        assertEquals(best(offered, bound), chosen(offered, bound), offered + " " + bound);
      }
    }
  }

  @Test
  void R230_unknown_scrams_are_none() {
    var mechanisms = new Mechanisms(List.of("SCRAM-SHA-512", "SCRAM-SHA-1024"), new Random(7));
    assertEquals(List.of(), mechanisms.forPassword("jo", PENCIL, null));
  }

  @Test
  void R230_tokens_and_passwords_do_not_mix() {
    var all = new Mechanisms(List.of("PLAIN", "XOAUTH2", "OAUTHBEARER", "EXTERNAL"), new Random(7));
    assertEquals(List.of("PLAIN"), names(all.forPassword("jo", PENCIL, null)));
    assertEquals(
        List.of("OAUTHBEARER", "XOAUTH2"), names(all.forToken("jo", PENCIL, "mx.test", 587)));
    assertEquals(List.of("EXTERNAL"), names(all.external()));
  }

  /// Every subset of what servers offer, each pin, with and without a channel to bind to.
  @Test
  void R230_a_pin_is_used_or_nothing_is() {
    for (var bits = 0; bits < 1 << BY_RANK.size(); bits++) {
      var offered = new ArrayList<String>();
      for (var i = 0; i < BY_RANK.size(); i++) {
        if ((bits & 1 << i) != 0) {
          offered.add(BY_RANK.get(i));
        }
      }
      for (var pin : PasswordMechanism.values()) {
        for (var binding : new ChannelBinding[] {BINDING, null}) {
          var usable = offered.contains(pin.word()) && (binding != null || !isPlus(pin.word()));
          assertEquals(
              usable ? List.of(pin.word()) : List.of(),
              names(new Mechanisms(offered, new Random(7)).pinned(pin, "jo", PENCIL, binding)),
              offered + " " + pin);
        }
      }
    }
  }

  @Test
  void R230_a_pin_without_binding_does_not_accuse_the_server_of_hiding_it() {
    var both = List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS");
    assertEquals("n,,", pinned(both, PasswordMechanism.SCRAM_SHA_256));
    assertEquals("p=tls-exporter,,", pinned(both, PasswordMechanism.SCRAM_SHA_256_PLUS));
    assertEquals("y,,", pinned(List.of("SCRAM-SHA-256"), PasswordMechanism.SCRAM_SHA_256));
  }

  @Test
  void pins_have_the_names_of_their_mechanisms_the_strongest_first() {
    assertEquals(
        BY_RANK, Stream.of(PasswordMechanism.values()).map(PasswordMechanism::word).toList());
    assertNull(PasswordMechanism.ofWord("plain"));
  }

  private static boolean isPlus(String mechanism) {
    return mechanism.endsWith("-PLUS");
  }

  private static String pinned(List<String> offered, PasswordMechanism pin) {
    var mechanisms = new Mechanisms(offered, new Random(7));
    var first = mechanisms.pinned(pin, "user", PENCIL, BINDING).getFirst().initialResponse();
    return text(first).replaceFirst("n=.*", "");
  }

  private static String best(List<String> offered, boolean bound) {
    return BY_RANK.stream()
        .filter(name -> offered.stream().anyMatch(name::equalsIgnoreCase))
        .filter(name -> bound || !name.endsWith("-PLUS"))
        .findFirst()
        .orElse("none");
  }

  private static String chosen(List<String> offered, boolean bound) {
    var binding = bound ? new ChannelBinding("tls-exporter", new byte[] {1}) : null;
    var usable = new Mechanisms(offered, new Random(7)).forPassword("jo", PENCIL, binding);
    return usable.isEmpty() ? "none" : usable.getFirst().name();
  }

  private static List<String> names(List<Mechanism> mechanisms) {
    return mechanisms.stream().map(Mechanism::name).toList();
  }

  private static String header(List<String> offered, @Nullable ChannelBinding binding) {
    var scram = Objects.requireNonNull(Scram.of(offered, "user", PENCIL, binding, "nonce"));
    var first = text(scram.initialResponse());
    return first.substring(0, first.indexOf("n=user"));
  }

  private static Scram scram(String name, String nonce) {
    return Objects.requireNonNull(Scram.of(List.of(name), "user", PENCIL, null, nonce));
  }

  private static String answer(Mechanism mechanism, String challenge) throws SaslException {
    return text(mechanism.answer(challenge.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(byte @Nullable [] octets) {
    return new String(Objects.requireNonNull(octets), StandardCharsets.UTF_8);
  }
}
