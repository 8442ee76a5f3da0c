package io.postern.console.settings;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Where this process itself listens. A check that came back to it would be a way past whatever
/// stands before the console.
final class OwnDoors {
  private final ProcessSettings process;
  private final IntSupplier served;
  private final boolean everywhere;

  /// @param served the port of the pages and the API, asked at each connection: with `--port 0` it
  ///   is known only once the server has started
  OwnDoors(ProcessSettings process, IntSupplier served) {
    this.process = process;
    this.served = served;
    this.everywhere = isEverywhere(String.valueOf(process.text(Setting.BIND)));
  }

  /// @param address unwrapped, see [Cidr#unwrap]
  boolean isOurs(InetAddress address, int port) {
    return isPort(port) && (address.isLoopbackAddress() || (everywhere && isThisMachine(address)));
  }

  private boolean isPort(int port) {
    @Nullable Integer second = process.httpPort();
    return port == served.getAsInt() || (second != null && port == second);
  }

  private static boolean isEverywhere(String bind) {
    try {
      return !InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException _) {
      // The server will not start with it, and says so.
      return true;
    }
  }

  private static boolean isThisMachine(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      // Who cannot list its own addresses must not reach its own port.
      return true;
    }
  }
}
