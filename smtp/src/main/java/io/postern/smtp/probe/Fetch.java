package io.postern.smtp.probe;

import io.postern.smtp.HostName;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.wire.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Fetches what a certificate points to (RFC 5280 section 4.2.2.1, RFC 6960 appendix A): plain
/// HTTP, one answer, 64 KiB, two seconds, no redirect. The address was chosen by the peer, so the
/// dialer's strict form goes there.
final class Fetch {
  static final int OCTETS_MAX = 65_536;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final Site site;

  Fetch(Site site) {
    this.site = site;
  }

  byte[] get(URI address) throws IOException {
    return fetch(address, "GET", "", new byte[0]);
  }

  byte[] post(URI address, String type, byte[] content) throws IOException {
    return fetch(address, "POST", "Content-Type: " + type + "\r\n", content);
  }

  private byte[] fetch(URI address, String method, String fields, byte[] content)
      throws IOException {
    var host = address.getHost();
    if (host == null || !"http".equalsIgnoreCase(address.getScheme())) {
      throw new IOException("only plain http is fetched");
    }
    var deadline = site.deadline();
    var port = address.getPort() < 0 ? 80 : address.getPort();
    try (var socket = dial(host, port)) {
      var path = address.getRawPath();
      var query = address.getRawQuery();
      var head =
          method
              + (" " + (path == null || path.isEmpty() ? "/" : path))
              + (query == null ? "" : "?" + query)
              + " HTTP/1.0\r\nHost: "
              + host
              + (port == 80 ? "" : ":" + port)
              + "\r\nUser-Agent: Postern\r\n"
              + fields
              + (method.equals("POST") ? "Content-Length: " + content.length + "\r\n" : "")
              + "Connection: close\r\n\r\n";
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(content);
      out.flush();
      return body(whole(socket, deadline));
    }
  }

  private Socket dial(String host, int port) throws IOException {
    try {
      var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      var dialer = site.network().dialer().chosenByPeer();
      dialer.beforeLookUp(HostName.parse(name), port);
      var addresses = site.addressesOf(HostName.parse(name).ascii());
      if (addresses.isEmpty()) {
        throw new IOException("the address in the certificate leads nowhere");
      }
      return dialer.dial(new InetSocketAddress(addresses.getFirst(), port), Site.EACH);
    } catch (MalformedValueException e) {
      throw new IOException("the address in the certificate names no host", e);
    }
  }

  private static byte[] whole(Socket socket, Deadline deadline) throws IOException {
    var read = new ByteArrayOutputStream();
    var part = new byte[8_192];
    while (true) {
      socket.setSoTimeout(deadline.millisLeft());
      var length = socket.getInputStream().read(part);
      if (length < 0) {
        return read.toByteArray();
      }
      read.write(part, 0, length);
      if (read.size() > OCTETS_MAX) {
        throw new IOException("the answer is larger than " + OCTETS_MAX + " octets");
      }
    }
  }

  private static byte[] body(byte[] whole) throws IOException {
    for (var i = 0; i + HEAD_END.length <= whole.length; i++) {
      if (Arrays.equals(whole, i, i + HEAD_END.length, HEAD_END, 0, HEAD_END.length)) {
        var status = new String(whole, 0, Math.min(i, 32), StandardCharsets.US_ASCII);
        if (!status.toUpperCase(Locale.ROOT).matches("(?s)HTTP/1\\.[01] 200.*")) {
          throw new IOException("not 200");
        }
        return Arrays.copyOfRange(whole, i + HEAD_END.length, whole.length);
      }
    }
    throw new EOFException("no end of the header");
  }
}
