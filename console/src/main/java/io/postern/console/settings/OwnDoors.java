package io.postern.console.settings;

import io.postern.console.platform.Cidr;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.smtp.HostName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Where this process itself listens, and where its database does. A check that came back to the
/// one would be a way past whatever stands before the console, and one that came to the other would
/// speak to what trusts this machine.
final class OwnDoors {
  private final ProcessSettings process;
  private final IntSupplier served;
  private final List<InetSocketAddress> database;
  private final boolean everywhere;

  /// @param served the port of the pages and the API, asked at each connection: with `--port 0` it
  ///   is known only once the server has started
  /// @param database all addresses that the database's name led to at the start
  OwnDoors(ProcessSettings process, IntSupplier served, List<InetSocketAddress> database) {
    this.process = process;
    this.served = served;
    this.database = List.copyOf(database);
    this.everywhere = isEverywhere(String.valueOf(process.text(Setting.BIND)));
  }

  /// @param address unwrapped, see [Cidr#unwrap]
  /// @return a sentence that says whose door it is; null when it is neither
  @Nullable String whose(InetAddress address, int port) {
    if (isPort(port) && (address.isLoopbackAddress() || (everywhere && isThisMachine(address)))) {
      return "Port %d on this machine is Postern itself.".formatted(port);
    }
    return database.stream().anyMatch(door -> leadsTo(door, address, port))
        ? "Port %d of %s is the database of Postern.".formatted(port, HostName.of(address))
        : null;
  }

  /// A database on this machine may listen on every address of it, whichever one Postern uses.
  private static boolean leadsTo(InetSocketAddress door, InetAddress address, int port) {
    var behind = Cidr.unwrap(door.getAddress());
    return port == door.getPort()
        && (address.equals(behind) || (isThisMachine(behind) && isThisMachine(address)));
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
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      // Who cannot list its own addresses must not reach its own port.
      return true;
    }
  }
}
