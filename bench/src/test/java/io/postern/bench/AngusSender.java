package io.postern.bench;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;

/// Angus Mail as its users call it: one Transport per connection, a message built for each send.
final class AngusSender {
  private final int port;
  private final boolean signsIn;

  /// @param signsIn over STARTTLS, whatever the certificate
  AngusSender(int port, boolean signsIn) {
    this.port = port;
    this.signsIn = signsIn;
  }

  Work send(int sessions, int messages) throws InterruptedException {
    return Senders.run(Thread.ofPlatform().factory(), sessions, messages, this::session);
  }

  /// @return milliseconds of a connect() that signs in
  double connect() throws MessagingException {
    var session = session();
    var began = System.nanoTime();
    try (var transport = session.getTransport("smtp")) {
      connect(transport);
      return (System.nanoTime() - began) / 1e6;
    }
  }

  private void session(int messages) throws MessagingException {
    var session = session();
    try (var transport = session.getTransport("smtp")) {
      connect(transport);
      for (var n = 0; n < messages; n++) {
        var message = message(session);
        transport.sendMessage(message, message.getAllRecipients());
      }
    }
  }

  private void connect(Transport transport) throws MessagingException {
    transport.connect(
        "127.0.0.1", port, signsIn ? "console" : null, signsIn ? "open-sesame" : null);
  }

  private Session session() {
    var properties = new Properties();
    properties.setProperty("mail.smtp.localhost", "console.bench.test");
    if (signsIn) {
      properties.setProperty("mail.smtp.auth", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
      properties.setProperty("mail.smtp.ssl.trust", "*");
      properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    }
    return Session.getInstance(properties);
  }

  private static MimeMessage message(Session session) throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress("console@bench.test"));
    message.setRecipient(RecipientType.TO, new InternetAddress("someone@bench.test"));
    message.setSubject(Message.SUBJECT);
    message.setHeader("Date", RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
    message.setText(Message.text());
    message.saveChanges();
    return message;
  }
}
