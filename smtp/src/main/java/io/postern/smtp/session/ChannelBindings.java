package io.postern.smtp.session;

import io.postern.smtp.auth.ChannelBinding;
import io.postern.smtp.tls.ChainReport;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// What a sign-in can be tied to on this connection: keying material of TLS 1.3 (RFC 9266), with
/// TLS 1.2 the hash of the server's certificate (RFC 5929 section 4). Never `tls-unique`, which TLS
/// 1.3 does not have.
final class ChannelBindings {
  private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
  private static final int EXPORTER_OCTETS = 32;

  private ChannelBindings() {}

  static @Nullable ChannelBinding of(Socket socket, @Nullable ChainReport chain) {
    if (!(socket instanceof SSLSocket secured) || chain == null) {
      return null;
    }
    return secured.getSession() instanceof ExtendedSSLSession session
            && session.getProtocol().equals("TLSv1.3")
        ? exported(session)
        : ofCertificate(chain);
  }

  private static @Nullable ChannelBinding exported(ExtendedSSLSession session) {
    try {
      return new ChannelBinding(
          "tls-exporter",
          session.exportKeyingMaterialData(EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS));
    } catch (SSLKeyException | UnsupportedOperationException _) {
      // A runtime whose keys cannot be exported signs in without binding.
      return null;
    }
  }

  private static @Nullable ChannelBinding ofCertificate(ChainReport chain) {
    try {
      var leaf = chain.leaf();
      return new ChannelBinding(
          "tls-server-end-point",
          MessageDigest.getInstance(hash(leaf.getSigAlgName())).digest(leaf.getEncoded()));
    } catch (GeneralSecurityException _) {
      // A signature without a hash of its own (Ed25519) has no such binding.
      return null;
    }
  }

  /// The hash of the certificate's signature; MD5 and SHA-1 become SHA-256.
  private static String hash(String signature) {
    var name = signature.toUpperCase(Locale.ROOT);
    var with = name.indexOf("WITH");
    return switch (with < 0 ? name : name.substring(0, with)) {
      case "SHA384" -> "SHA-384";
      case "SHA512" -> "SHA-512";
      case "SHA224" -> "SHA-224";
      default -> "SHA-256";
    };
  }
}
