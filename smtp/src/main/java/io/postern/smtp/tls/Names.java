package io.postern.smtp.tls;

import io.postern.smtp.Printable;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/// How certificates are called in sentences.
public final class Names {
  /// RFC 5280 section 4.2.2.1.
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  private Names() {}

  /// The common name, else the organization, else the whole name.
  public static String shortName(X500Principal principal) {
    for (var type : new String[] {"CN", "O", "OU"}) {
      var value = part(principal, type);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return Printable.of(principal.getName());
  }

  /// The organization, empty when there is none.
  public static String organization(X500Principal principal) {
    return part(principal, "O");
  }

  private static String part(X500Principal principal, String type) {
    try {
      for (var part : new LdapName(principal.getName()).getRdns().reversed()) {
        if (part.getType().equalsIgnoreCase(type)) {
          return Printable.of(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException _) {
      // Shown as it stands.
    }
    return "";
  }

  /// Whether the certificate says where its issuer can be fetched.
  static boolean hasIssuerAddress(X509Certificate certificate) {
    return certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null;
  }
}
