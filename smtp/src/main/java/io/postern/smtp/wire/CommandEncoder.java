package io.postern.smtp.wire;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The one encoder of commands: refuses, never replaces.
final class CommandEncoder {
  private CommandEncoder() {}

  /// @param line without CRLF
  static byte[] encode(String line) throws ProtocolException {
    for (var i = 0; i < line.length(); i++) {
      if (endsOrControls(line.charAt(i))) {
        throw new ProtocolException(
            "A command would hold the control character U+%04X.".formatted((int) line.charAt(i)));
      }
    }
    try {
      var buffer =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(line));
      var octets = new byte[buffer.remaining()];
      buffer.get(octets);
      return octets;
    } catch (CharacterCodingException _) {
      // Half a surrogate pair: the caller's value is at fault, the JDK's text adds nothing.
      throw new ProtocolException("A command would hold a character that cannot be encoded.");
    }
  }

  /// C0, DEL, C1 and the two line ends of Unicode.
  private static boolean endsOrControls(char c) {
    return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }
}
