package io.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Signs in with nothing but the JDK's sockets, judging nothing: what the server and the way to it
/// cost by themselves.
final class BareClient {
  private final int port;

  BareClient(int port) {
    this.port = port;
  }

  /// The handshake is a whole one each time: one that is resumed shows no certificate to check.
  ///
  /// @return milliseconds from the first packet until the server took the password
  double signIn() throws IOException, GeneralSecurityException {
    var began = System.nanoTime();
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new TrustsAnybody()}, null);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      var clear = new Lines(socket);
      clear.read();
      clear.ask("EHLO console.bench.test");
      clear.ask("STARTTLS");
      var secured =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, "bench.test", port, true);
      var safe = new Lines(secured);
      safe.ask("EHLO console.bench.test");
      var secret = "\0console\0open-sesame".getBytes(StandardCharsets.US_ASCII);
      safe.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret));
      var millis = (System.nanoTime() - began) / 1e6;
      safe.write("QUIT");
      return millis;
    }
  }

  /// Commands and replies over one socket.
  private static final class Lines {
    private final Socket socket;
    private final BufferedReader in;

    Lines(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void ask(String command) throws IOException {
      write(command);
      read();
    }

    void write(String command) throws IOException {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void read() throws IOException {
      var line = in.readLine();
      while (line != null && line.startsWith("-", 3)) {
        line = in.readLine();
      }
      if (line == null || line.charAt(0) > '3') {
        throw new IOException("not taken: " + line);
      }
    }
  }

  private static final class TrustsAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
