package io.postern.console.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.slf4j.LoggerFactory;

/// `postern check --json` of a server that hangs up, while a library complains in this process.
final class LoudCheck {
  static final String COMPLAINT = "Transaction for answer to id 65535 not found";

  private LoudCheck() {}

  public static void main(String[] arguments) throws IOException {
    try (var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> complain(listener));
      var target = listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
      System.exit(
          Launch.run(
              new String[] {"check", "--json", "--security", "none", target},
              _ -> {
                throw new IllegalStateException("nothing serves here");
              }));
    }
  }

  private static void complain(ServerSocket listener) {
    try {
      while (true) {
        try (var client = listener.accept()) {
          var log = LoggerFactory.getLogger("org.example.Library");
          log.warn(COMPLAINT);
          log.debug("a debug line");
          client.shutdownOutput();
        }
      }
    } catch (IOException _) {
      // The check is over.
      return;
    }
  }
}
