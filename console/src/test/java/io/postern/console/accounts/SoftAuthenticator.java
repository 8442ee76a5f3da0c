package io.postern.console.accounts;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/// A browser with a built-in authenticator (WebAuthn Level 3, section 6), as far as the tests need
/// it: one ES256 passkey, and every knob that an attacker would turn.
final class SoftAuthenticator {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final Pattern CHALLENGE = Pattern.compile("\"challenge\":\"([^\"]+)\"");
  private static final Pattern RP_ID =
      Pattern.compile("\"(?:rpId|rp\":\\{[^}]*?\"id)\":\"([^\"]+)\"");
  private static final Pattern USER = Pattern.compile("\"user\":\\{[^}]*?\"id\":\"([^\"]+)\"");

  final byte[] credentialId;
  private final KeyPair keys;
  String origin;
  String rpId = "localhost";
  String userHandle = "";
  long counter;
  boolean verifies = true;

  SoftAuthenticator(String origin, int number) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.origin = origin;
    this.credentialId = sha256(("credential " + number).getBytes(StandardCharsets.UTF_8));
  }

  /// Answers creation options.
  String create(String options) {
    userHandle = find(USER, options);
    var client = client("webauthn.create", find(CHALLENGE, options));
    var data = authenticatorData(ATTESTED, attested());
    var object = new ByteArrayOutputStream();
    object.write(0xa3);
    text(object, "fmt");
    text(object, "none");
    text(object, "attStmt");
    object.write(0xa0);
    text(object, "authData");
    bytes(object, data);
    return """
    {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},\
    "response":{"clientDataJSON":"%s","attestationObject":"%s","transports":["internal"]}}\
    """
        .formatted(
            base64(credentialId),
            base64(credentialId),
            base64(client),
            base64(object.toByteArray()));
  }

  /// Answers request options.
  String sign(String options) {
    counter++;
    var client = client("webauthn.get", find(CHALLENGE, options));
    var data = authenticatorData(0, new byte[0]);
    return """
    {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},\
    "response":{"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s","userHandle":"%s"}}\
    """
        .formatted(
            base64(credentialId),
            base64(credentialId),
            base64(client),
            base64(data),
            base64(signature(data, client)),
            userHandle);
  }

  static String rpIdOf(String options) {
    return find(RP_ID, options);
  }

  private byte[] client(String type, String challenge) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, challenge, origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(int more, byte[] attested) {
    var flags = PRESENT | (verifies ? VERIFIED : 0) | more;
    return ByteBuffer.allocate(37 + attested.length)
        .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
        .put((byte) flags)
        .putInt((int) counter)
        .put(attested)
        .array();
  }

  private byte[] attested() {
    var key = new ByteArrayOutputStream();
    key.write(0xa5);
    for (var octet : new int[] {0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}) {
      key.write(octet);
    }
    var point = ((ECPublicKey) keys.getPublic()).getW();
    bytes(key, coordinate(point.getAffineX().toByteArray()));
    key.write(0x22);
    bytes(key, coordinate(point.getAffineY().toByteArray()));
    return ByteBuffer.allocate(16 + 2 + credentialId.length + key.size())
        .put(new byte[16])
        .putShort((short) credentialId.length)
        .put(credentialId)
        .put(key.toByteArray())
        .array();
  }

  private static byte[] coordinate(byte[] number) {
    var octets = new byte[32];
    var length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, octets, 32 - length, length);
    return octets;
  }

  private byte[] signature(byte[] data, byte[] client) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void text(ByteArrayOutputStream cbor, String text) {
    cbor.write(0x60 + text.length());
    cbor.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void bytes(ByteArrayOutputStream cbor, byte[] octets) {
    cbor.write(0x58);
    cbor.write(octets.length);
    cbor.writeBytes(octets);
  }

  private static String find(Pattern pattern, String json) {
    var found = pattern.matcher(json);
    if (!found.find()) {
      throw new AssertionError("no " + pattern + " in " + json);
    }
    return found.group(1);
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(octets, octets.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
