package io.postern.smtp;

/// A rung of the ladder: the part of a conversation with a relay that passed or failed.
public enum Stage {
  CONFIG("config", "Settings"),
  DNS("dns", "DNS"),
  CONNECT("connect", "Connect"),
  TLS("tls", "TLS"),
  BANNER("banner", "Greeting"),
  EHLO("ehlo", "EHLO"),
  STARTTLS("starttls", "STARTTLS"),
  CERTIFICATE("certificate", "Certificate"),
  AUTH("auth", "Sign-in"),
  MAIL_FROM("mail_from", "Sender"),
  RCPT_TO("rcpt_to", "Recipient"),
  DATA("data", "Message"),
  DELIVERY("delivery", "Delivery");

  private final String word;
  private final String label;

  Stage(String word, String label) {
    this.word = word;
    this.label = label;
  }

  /// The word that stands for this stage in verdicts, in the API and on the command line.
  public String word() {
    return word;
  }

  /// The name of the rung as operators read it.
  public String label() {
    return label;
  }
}
