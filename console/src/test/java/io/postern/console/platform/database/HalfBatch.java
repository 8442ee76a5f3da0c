package io.postern.console.platform.database;

import io.postern.console.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A process that stood still when PostgreSQL had run the first statement of its batch, and before
/// the batch ended: PostgreSQL's messages (its manual, 55.7) up to Execute, and no Sync.
final class HalfBatch implements AutoCloseable {
  private static final int PROTOCOL_3_0 = 196_608;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private HalfBatch(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /// @param jdbc of a server that asks for no password
  /// @param sql a statement that takes no values, and has run when this returns
  static HalfBatch open(String jdbc, String database, String sql) throws IOException {
    var server = URI.create(jdbc.substring("jdbc:".length()));
    var half = new HalfBatch(new Socket(server.getHost(), server.getPort()));
    half.start(database);
    half.readTo('Z');
    half.send('P', "\0" + sql + "\0\0\0");
    half.send('B', "\0\0\0\0\0\0\0\0");
    half.send('E', "\0\0\0\0\0");
    half.send('H', "");
    half.readTo('C');
    return half;
  }

  /// Waits until the server ends the session.
  void awaitEnd() throws IOException {
    try {
      while (in.read() >= 0) {
        // Its last words.
      }
    } catch (SocketException _) {
      // Cut off, which is an end as well.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void start(String database) throws IOException {
    var words = new ByteArrayOutputStream();
    for (var word :
        new String[] {
          "user",
          "postern",
          "database",
          database,
          "application_name",
          StoppedBatches.APPLICATION,
          ""
        }) {
      words.writeBytes(word.getBytes(StandardCharsets.UTF_8));
      words.write(0);
    }
    out.writeInt(2 * Integer.BYTES + words.size());
    out.writeInt(PROTOCOL_3_0);
    words.writeTo(out);
  }

  private void send(char type, String body) throws IOException {
    var octets = body.getBytes(StandardCharsets.UTF_8);
    out.writeByte(type);
    out.writeInt(Integer.BYTES + octets.length);
    out.write(octets);
  }

  private void readTo(char type) throws IOException {
    int read;
    do {
      read = in.readUnsignedByte();
      in.skipNBytes(in.readInt() - Integer.BYTES);
      if (read == 'E') {
        throw new IOException("PostgreSQL refused.");
      }
    } while (read != type);
  }
}
