package io.postern.lab;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/// A mail as the recipient's mailbox holds it.
///
/// @param raw the file, headers added by the server included
/// @param text the text/plain part, decoded; empty when there is none
/// @param html the text/html part, decoded; empty when there is none
public record Letter(String raw, String from, String subject, String text, String html) {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

  static Letter read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var message = new MimeMessage(Session.getInstance(new Properties()), in);
      return new Letter(
          Files.readString(file, StandardCharsets.ISO_8859_1),
          String.valueOf(message.getFrom()[0]),
          String.valueOf(message.getSubject()),
          body(message, "text/plain"),
          body(message, "text/html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new AssertionError("not a mail: " + file, e);
    }
  }

  /// The first link of the text part whose address contains `part`.
  public String link(String part) {
    return LINK.matcher(text)
        .results()
        .map(found -> found.group())
        .filter(link -> link.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link with " + part + " in:\n" + text));
  }

  private static String body(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return (String) part.getContent();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (var i = 0; i < parts.getCount(); i++) {
        var found = body(parts.getBodyPart(i), type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
