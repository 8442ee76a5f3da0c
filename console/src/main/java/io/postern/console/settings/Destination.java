package io.postern.console.settings;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// What a stored password is bound to: the canonical, length-prefixed form of everything
/// that decides who receives it. It is the associated data of the encryption, so that a password
/// cannot be opened for another destination.
public final class Destination {
  private static final int VERSION = 1;

  private Destination() {}

  public static byte[] of(RelayDraft draft) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      write(out, draft.host().ascii());
      out.writeInt(draft.port());
      write(out, draft.security().word());
      out.writeBoolean(draft.skipVerify());
      var fingerprints =
          draft.authorities().stream().map(Destination::fingerprint).sorted().toList();
      out.writeInt(fingerprints.size());
      for (var fingerprint : fingerprints) {
        write(out, fingerprint);
      }
      write(out, draft.username());
      write(out, draft.from().toString());
      var replyTo = draft.replyTo();
      write(out, replyTo == null ? "" : replyTo.toString());
      // Without a pin there is nothing more, as it was before there were pins: what was sealed then
      // is opened still.
      var mechanism = draft.mechanism();
      if (mechanism != null) {
        write(out, mechanism.word());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// SHA-256 of a certificate, in hexadecimal.
  public static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was parsed cannot be encoded", e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var octets = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(octets.length);
    out.write(octets);
  }
}
