package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.FetchedIssuer;
import io.postern.smtp.diagnosis.Observation.TrustedHouse;
import io.postern.smtp.diagnosis.Observation.UnrelatedCertificate;
import io.postern.smtp.diagnosis.Observation.WithoutServerName;
import io.postern.smtp.tls.CertificateAddresses;
import io.postern.smtp.tls.ChainReport;
import io.postern.smtp.tls.Handshake;
import io.postern.smtp.tls.Names;
import io.postern.smtp.tls.PublicTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Second looks at certificates.
final class Authorities {
  /// A public mail server and another one for those who configure the first; both speak TLS from
  /// the start on 465.
  private static final List<String> UNRELATED = List.of("smtp.gmail.com", "mail.gmx.net");

  private final Site site;

  Authorities(Site site) {
    this.site = site;
  }

  /// The certificate that comes without SNI.
  List<Observation> withoutServerName(X509Certificate shown) throws IOException {
    try (var socket = site.again(site.port())) {
      return site.secure(socket, false, List.of()) instanceof Handshake.Result.Established other
          ? List.of(
              new WithoutServerName(
                  other.chain().leaf(),
                  !other.chain().leaf().equals(shown),
                  other.chain().fits(site.subject().host())))
          : List.of();
    }
  }

  /// Fetches the issuer from the address in the certificate and tries the chain with it.
  List<Observation> issuer(ChainReport report) throws IOException {
    var last = report.chain().getLast();
    var address = CertificateAddresses.ofIssuer(last);
    if (address == null) {
      return List.of();
    }
    var issuer = certificate(new Fetch(site).get(address));
    if (issuer == null) {
      return List.of();
    }
    var longer = new ArrayList<>(report.chain());
    longer.add(issuer);
    var completes =
        PublicTrust.reaches(
            longer, site.subject().relay().trust(), site.network().clock().instant());
    return List.of(new FetchedIssuer(Names.shortName(issuer.getSubjectX500Principal()), completes));
  }

  /// Who signs for a public mail server, as seen from here: an interceptor signs for both.
  List<Observation> unrelated(ChainReport report) throws IOException {
    var host =
        UNRELATED.getFirst().equals(site.subject().host().ascii())
            ? UNRELATED.getLast()
            : UNRELATED.getFirst();
    var addresses = site.addressesOf(host);
    if (addresses.isEmpty()) {
      return List.of();
    }
    var address = new InetSocketAddress(addresses.getFirst(), 465);
    try (var socket = site.network().dialer().dial(address, Site.EACH)) {
      return site.secure(socket, HostName.parse(host), true, List.of())
              instanceof Handshake.Result.Established other
          ? List.of(
              new UnrelatedCertificate(
                  host,
                  other.chain().refusal() == null,
                  issuers(other.chain()).stream().anyMatch(issuers(report)::contains)))
          : List.of();
    }
  }

  /// Whether an authority of the same organization is trusted. Asks nobody.
  List<Observation> house(ChainReport report) {
    var house = Names.organization(report.chain().getLast().getIssuerX500Principal());
    if (house.isEmpty()) {
      return List.of();
    }
    if (hasHouse(PublicTrust.authorities(), house)) {
      return List.of(new TrustedHouse(house, true));
    }
    return hasHouse(site.subject().relay().trust().authorities(), house)
        ? List.of(new TrustedHouse(house, false))
        : List.of();
  }

  private static boolean hasHouse(List<X509Certificate> authorities, String house) {
    return authorities.stream()
        .anyMatch(each -> Names.organization(each.getSubjectX500Principal()).equals(house));
  }

  private static List<String> issuers(ChainReport report) {
    return report.chain().stream()
        .map(certificate -> certificate.getIssuerX500Principal().getName())
        .toList();
  }

  private static @Nullable X509Certificate certificate(byte[] octets) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(octets));
    } catch (CertificateException _) {
      // Not a certificate; some authorities serve PKCS 7 there, which is not unpacked.
      return null;
    }
  }
}
