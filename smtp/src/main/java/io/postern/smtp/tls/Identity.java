package io.postern.smtp.tls;

import io.postern.smtp.HostName;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whom a certificate names: subject alternative names only (RFC 9525 section 6.3, R-206).
final class Identity {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private Identity() {}

  static boolean matches(X509Certificate certificate, HostName reference) {
    return reference.isAddress()
        ? entries(certificate, IP_ADDRESS).stream()
            .anyMatch(name -> sameAddress(name, reference.ascii()))
        : entries(certificate, DNS_NAME).stream().anyMatch(name -> covers(name, reference.ascii()));
  }

  /// The names in the certificate, for the operator.
  static List<String> names(X509Certificate certificate) {
    var names = new ArrayList<>(entries(certificate, DNS_NAME));
    names.addAll(entries(certificate, IP_ADDRESS));
    return names;
  }

  /// A wildcard is the whole left-most label and stands for exactly one.
  private static boolean covers(String presented, String host) {
    var name = presented.toLowerCase(Locale.ROOT);
    if (!name.startsWith("*.")) {
      return name.equals(host);
    }
    var rest = name.substring(1);
    var dot = host.indexOf('.');
    return dot > 0
        && rest.indexOf('*') < 0
        && rest.indexOf('.', 1) > 0
        && host.substring(dot).equals(rest);
  }

  private static boolean sameAddress(String presented, String host) {
    try {
      return InetAddress.ofLiteral(presented).equals(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      // The certificate holds something that is no address.
      return false;
    }
  }

  private static List<String> entries(X509Certificate certificate, int type) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.getFirst().equals(type))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException _) {
      // A broken extension names nobody.
      return List.of();
    }
  }
}
