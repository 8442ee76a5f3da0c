package io.postern.smtp.probe;

import io.postern.smtp.Printable;
import io.postern.smtp.diagnosis.Observation.FirstWords.Ending;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// Listens to the first words of a peer, whatever it speaks.
final class Lines {
  /// Enough to tell what speaks.
  static final int OCTETS_MAX = 256;

  /// How often a long wait looks up whether anybody still wants to know.
  private static final int SLICE_MILLIS = 250;

  private Lines() {}

  /// What came.
  ///
  /// @param first the first line or its beginning, printable; empty when nothing came
  record Heard(String first, Ending ending) {}

  static Heard first(Socket socket, Deadline deadline) throws IOException {
    return first(socket, deadline, () -> true);
  }

  /// @param wanted asked four times a second; the wait ends when nobody wants to know any more
  static Heard first(Socket socket, Deadline deadline, BooleanSupplier wanted) throws IOException {
    var octets = new byte[OCTETS_MAX];
    var length = 0;
    try {
      while (length < OCTETS_MAX && !hasLine(octets, length)) {
        var read = read(socket, octets, length, deadline, wanted);
        if (read < 0) {
          break;
        }
        length += read;
      }
    } catch (SocketTimeoutException _) {
      return heard(octets, length, Ending.SILENT);
    } catch (SocketException e) {
      var reset = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
      return heard(octets, length, reset ? Ending.RESET : Ending.CLOSED);
    }
    return heard(octets, length, Ending.CLOSED);
  }

  private static int read(
      Socket socket, byte[] octets, int length, Deadline deadline, BooleanSupplier wanted)
      throws IOException {
    while (true) {
      socket.setSoTimeout(Math.min(SLICE_MILLIS, deadline.millisLeft()));
      try {
        return socket.getInputStream().read(octets, length, OCTETS_MAX - length);
      } catch (SocketTimeoutException e) {
        if (!wanted.getAsBoolean()) {
          throw e;
        }
      }
    }
  }

  private static boolean hasLine(byte[] octets, int length) {
    for (var i = 0; i < length; i++) {
      if (octets[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  private static Heard heard(byte[] octets, int length, Ending otherwise) {
    var text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    var end = text.indexOf('\n');
    var line = (end < 0 ? text : text.substring(0, end)).strip();
    return new Heard(Printable.of(line), length > 0 ? Ending.SPOKE : otherwise);
  }
}
