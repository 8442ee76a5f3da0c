package io.postern.smtp.session;

import io.postern.smtp.auth.ChannelBinding;
import io.postern.smtp.tls.ChainReport;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// What a sign-in can be tied to on this connection: the hash of the server's certificate (RFC 5929
/// section 4), which servers of today offer for SCRAM-…-PLUS.
final class ChannelBindings {
  private ChannelBindings() {}

  static @Nullable ChannelBinding of(Socket socket, @Nullable ChainReport chain) {
    if (!(socket instanceof SSLSocket) || chain == null) {
      return null;
    }
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
