package io.postern.smtp.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/// Whom this relay's certificate may come from, besides the public authorities of the Java runtime.
///
/// @param authorities further trust anchors that the operator uploaded or trusted for this relay; a
///   certificate here that is no authority is a pin of exactly that certificate, good until its own
///   notAfter
/// @param insecureSkipVerify no verification at all; the connection stays encrypted
public record Trust(List<X509Certificate> authorities, boolean insecureSkipVerify) {
  public Trust {
    authorities = List.copyOf(authorities);
  }

  /// The public authorities only.
  public static Trust publicAuthorities() {
    return new Trust(List.of(), false);
  }
}
