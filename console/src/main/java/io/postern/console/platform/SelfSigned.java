package io.postern.console.platform;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes a certificate that signs itself, for a console that is to speak TLS before a real one is
/// at hand: P-256, for servers only, no authority (RFC 5280).
public final class SelfSigned {
  /// What browsers take at most.
  public static final Duration LIFETIME = Duration.ofDays(397);

  /// Clocks of browsers differ.
  private static final Duration EARLIER = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;
  private static final byte[] ECDSA_SHA256 = Der.sequence(Der.name("1.2.840.10045.4.3.2"));

  private SelfSigned() {}

  /// @param names host names and addresses
  public static ServerIdentity make(List<String> names, Instant now, RandomGenerator random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var keys = generator.generateKeyPair();
      var serial = new BigInteger(SERIAL_BITS, Random.from(random)).add(BigInteger.ONE);
      var body = body(names, now, keys, serial);
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      var whole = Der.sequence(body, ECDSA_SHA256, Der.bits(0, signature.sign()));
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
      return new ServerIdentity(List.of((X509Certificate) certificate), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is missing from this Java runtime", e);
    }
  }

  private static byte[] body(List<String> names, Instant now, KeyPair keys, BigInteger serial) {
    // Common name, for people; programs read the names below.
    var subject =
        Der.sequence(
            Der.set(Der.sequence(Der.name("2.5.4.3"), Der.utf8("Postern, signed by itself"))));
    return Der.sequence(
        Der.element(0xa0, Der.number(BigInteger.TWO)),
        Der.number(serial),
        ECDSA_SHA256,
        subject,
        Der.sequence(Der.time(now.minus(EARLIER)), Der.time(now.minus(EARLIER).plus(LIFETIME))),
        subject,
        keys.getPublic().getEncoded(),
        Der.element(
            0xa3,
            Der.sequence(
                extension("2.5.29.19", Der.TRUE, Der.sequence()),
                // digitalSignature
                extension("2.5.29.15", Der.TRUE, Der.bits(7, new byte[] {(byte) 0x80})),
                // serverAuth
                extension("2.5.29.37", new byte[0], Der.sequence(Der.name("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.17", new byte[0], alternatives(names)))));
  }

  private static byte[] extension(String name, byte[] critical, byte[] value) {
    return Der.sequence(Der.name(name), critical, Der.octets(value));
  }

  private static byte[] alternatives(List<String> names) {
    return Der.sequence(names.stream().map(SelfSigned::alternative).toArray(byte[][]::new));
  }

  private static byte[] alternative(String name) {
    var address = literal(name);
    return address == null
        ? Der.element(0x82, name.getBytes(StandardCharsets.US_ASCII))
        : Der.element(0x87, address.getAddress());
  }

  private static @Nullable InetAddress literal(String name) {
    try {
      return InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException _) {
      // A host name.
      return null;
    }
  }
}
