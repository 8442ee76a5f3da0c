package io.postern.smtp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One line of a reply (RFC 5321 section 4.2).
///
/// @param last whether a space, or nothing, follows the code
/// @param octets with CRLF
record ReplyLine(int code, boolean last, String text, int octets) {
  /// @param line without CRLF
  static ReplyLine of(byte[] line) throws ProtocolException {
    if (!beginsWithCode(line) || !isSeparated(line)) {
      throw new ProtocolException(
          "The server sent a line that is no SMTP reply.",
          Arrays.copyOf(line, Math.min(64, line.length)));
    }
    var code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    var text = line.length > 4 ? text(line) : "";
    return new ReplyLine(code, line.length == 3 || line[3] == ' ', text, line.length + 2);
  }

  /// UTF-8 where it is; else every octet above 127 stands as `\xE9`, for its meaning is not known
  ///
  private static String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, 4, line.length - 4))
          .toString();
    } catch (CharacterCodingException _) {
      var text = new StringBuilder();
      for (var i = 4; i < line.length; i++) {
        text.append(line[i] < 0 ? "\\x%02X".formatted(line[i] & 0xff) : (char) line[i]);
      }
      return text.toString();
    }
  }

  private static boolean beginsWithCode(byte[] line) {
    return line.length >= 3
        && line[0] >= '2'
        && line[0] <= '5'
        && isDigit(line[1])
        && isDigit(line[2]);
  }

  private static boolean isSeparated(byte[] line) {
    return line.length == 3 || line[3] == ' ' || line[3] == '-';
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
