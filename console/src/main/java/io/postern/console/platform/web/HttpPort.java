package io.postern.console.platform.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// A second port that speaks HTTP and does one thing: it leads browsers to the configured address
/// of the console (R-544: never to one that a request names). Programs are refused: what they sent
/// was readable already, and must not go on working unnoticed.
final class HttpPort extends ValveBase {
  private static final int THREADS_MAX = 4;

  private final Connector connector = new Connector("HTTP/1.1");
  private final Supplier<String> baseUrl;

  /// @param baseUrl asked at each request
  HttpPort(int port, String bind, Supplier<String> baseUrl) {
    super(true);
    this.baseUrl = baseUrl;
    connector.setPort(port);
    connector.setProperty("address", bind);
    connector.setProperty("maxThreads", String.valueOf(THREADS_MAX));
    connector.setProperty("bindOnInit", "false");
  }

  Connector connector() {
    return connector;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (!connector.equals(request.getConnector())) {
      getNext().invoke(request, response);
      return;
    }
    if (isPage(request)) {
      response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      response.setHeader("Location", baseUrl.get() + request.getDecodedRequestURI());
      return;
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain;charset=utf-8");
    response
        .getOutputStream()
        .write("Speak HTTPS: %s\n".formatted(baseUrl.get()).getBytes(StandardCharsets.UTF_8));
  }

  /// What people type or click. The path of a page is short ASCII; others are not led on.
  private static boolean isPage(Request request) {
    var path = request.getDecodedRequestURI();
    return ("GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod()))
        && path.matches("/[\\w/-]{0,200}")
        && !path.startsWith("/v1")
        && !path.startsWith("/actuator");
  }
}
