package io.postern.console.letters;

import io.postern.smtp.Mailbox;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;

/// Packs a letter into an Internet message (RFC 5322, 2045, 2047): CRLF, 7-bit clean, no line
/// longer than 998 octets. Composing only; nothing here talks to a server.
final class Mime {
  /// RFC 5322 section 2.1.1, without the CRLF.
  private static final int LINE_OCTETS_MAX = 998;

  /// A longer one is written in pieces; enough is left for the field's name and an address.
  private static final int WORD_CHARACTERS_MAX = 255;

  /// Of up to four octets each, 60 in Base64.
  private static final int PIECE_CHARACTERS = 11;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}+");

  /// Made once: the library looks for its providers in every jar, which takes longer than the
  /// letter.
  private static final Session ASCII = session(false);

  private static final Session INTERNATIONAL = session(true);

  static {
    // The same for what packs each part, which has no session and would look anew each time.
    System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
  }

  private Mime() {}

  /// What stands in the header besides the subject.
  ///
  /// @param fromName empty: the bare address
  /// @param messageId with its angle brackets; the same on every try
  record Header(
      Mailbox from,
      String fromName,
      @Nullable Mailbox replyTo,
      Mailbox to,
      String messageId,
      Instant date) {}

  static byte[] pack(RenderedLetter letter, Header header) {
    try {
      var message = new Named(isInternational(header) ? INTERNATIONAL : ASCII, header.messageId());
      setFrom(message, header);
      var replyTo = header.replyTo();
      if (replyTo != null) {
        message.setReplyTo(new InternetAddress[] {address(replyTo, "")});
      }
      message.setRecipient(MimeMessage.RecipientType.TO, address(header.to(), ""));
      setSubject(message, oneLine(letter.subject()));
      message.setHeader("Date", DATE.format(header.date()));
      message.setHeader("Auto-Submitted", "auto-generated");
      fill(message, letter);
      message.saveChanges();
      var octets = new ByteArrayOutputStream(8_192);
      message.writeTo(octets);
      return ended(octets);
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("A letter could not be composed: " + e.getMessage(), e);
    }
  }

  private static void setFrom(MimeMessage message, Header header)
      throws MessagingException, IOException {
    var name = oneLine(header.fromName());
    if (isFoldable(name)) {
      message.setFrom(address(header.from(), name));
    } else {
      message.setHeader("From", pieces(name) + "\r\n <" + header.from() + ">");
    }
  }

  private static void setSubject(MimeMessage message, String subject) throws MessagingException {
    if (isFoldable(subject)) {
      message.setSubject(subject, "UTF-8");
    } else {
      message.setHeader("Subject", pieces(subject));
    }
  }

  /// Whether the library finds blanks to fold at; it leaves a word of ASCII whole.
  private static boolean isFoldable(String text) {
    return Stream.of(text.split(" ", -1)).allMatch(word -> word.length() <= WORD_CHARACTERS_MAX);
  }

  /// Encoded words of at most 75 octets, which readers put together again (RFC 2047 section 2).
  private static String pieces(String text) {
    return text.codePoints()
        .mapToObj(Character::toString)
        .gather(Gatherers.windowFixed(PIECE_CHARACTERS))
        .map(piece -> String.join("", piece).getBytes(StandardCharsets.UTF_8))
        .map(piece -> "=?UTF-8?B?" + Base64.getEncoder().encodeToString(piece) + "?=")
        .collect(Collectors.joining("\r\n "));
  }

  /// The library leaves the last line open where the text does, and always after Base64; SMTP
  /// carries whole lines only (RFC 5321 §2.3.8).
  private static byte[] ended(ByteArrayOutputStream octets) {
    var message = octets.toByteArray();
    var length = message.length;
    if (length < 2 || message[length - 2] != '\r' || message[length - 1] != '\n') {
      octets.writeBytes(new byte[] {'\r', '\n'});
    }
    return octets.toByteArray();
  }

  private static void fill(MimeMessage message, RenderedLetter letter) throws MessagingException {
    var html = letter.html();
    if (html == null) {
      fill(message, letter.text(), "plain");
      return;
    }
    var both = new MimeMultipart("alternative");
    var textPart = new MimeBodyPart();
    fill(textPart, letter.text(), "plain");
    both.addBodyPart(textPart);
    var htmlPart = new MimeBodyPart();
    fill(htmlPart, html, "html");
    both.addBodyPart(htmlPart);
    message.setContent(both);
  }

  /// Quoted-printable would break a link over lines; so text goes as it is while it is
  /// ASCII in short lines, and as Base64 otherwise. The library gets octets: for text it would look
  /// up who can write it, each time anew.
  private static void fill(MimePart part, String text, String subtype) throws MessagingException {
    var octets = text.getBytes(StandardCharsets.UTF_8);
    var type = "text/" + subtype + "; charset=UTF-8";
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, type)));
    part.setHeader("Content-Transfer-Encoding", isPlain(text) ? "7bit" : "base64");
  }

  private static boolean isPlain(String text) {
    var line = 0;
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      line = character == '\r' || character == '\n' ? 0 : line + 1;
      if (character == 0 || character > 127 || line > LINE_OCTETS_MAX) {
        return false;
      }
    }
    return true;
  }

  private static InternetAddress address(Mailbox mailbox, String name) throws IOException {
    var address = new InternetAddress();
    address.setAddress(mailbox.toString());
    if (!name.isEmpty()) {
      address.setPersonal(oneLine(name), "UTF-8");
    }
    return address;
  }

  private static String oneLine(String text) {
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }

  private static boolean isInternational(Header header) {
    var replyTo = header.replyTo();
    return header.to().needsSmtpUtf8()
        || header.from().needsSmtpUtf8()
        || (replyTo != null && replyTo.needsSmtpUtf8());
  }

  private static Session session(boolean international) {
    var properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", String.valueOf(international));
    return Session.getInstance(properties);
  }

  /// The library would make an identifier of its own; ours was stored when the mail was queued.
  private static final class Named extends MimeMessage {
    private final String messageId;

    Named(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
