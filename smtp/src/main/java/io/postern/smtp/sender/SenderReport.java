package io.postern.smtp.sender;

import io.postern.smtp.Mailbox;
import java.util.List;

/// How a sender looks to those who receive its mail: a point for each thing that they look at.
public record SenderReport(Mailbox from, List<Point> points) {
  public SenderReport {
    points = List.copyOf(points);
  }

  /// One thing that receivers look at.
  ///
  /// @param sentence what is there and what follows; *likely* where it cannot be known from here
  /// @param publish the record that would mend it, `name TYPE value`; empty when there is nothing
  ///   to publish or it cannot be known
  public record Point(Topic topic, Standing standing, String sentence, String publish) {}

  /// What a point is about.
  public enum Topic {
    DOMAIN("Domain"),
    SPF("SPF"),
    DKIM("DKIM"),
    DMARC("DMARC");

    private final String label;

    Topic(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /// How it stands.
  public enum Standing {
    GOOD("passed", "good"),
    WARNED("warned", "could be better"),
    BROKEN("failed", "broken"),
    /// It cannot be known from here.
    OPEN("skipped", "not known");

    private final String word;
    private final String label;

    Standing(String word, String label) {
      this.word = word;
      this.label = label;
    }

    /// For people who hear the page.
    public String label() {
      return label;
    }

    /// The word of a rung that looks the same.
    public String word() {
      return word;
    }
  }

  static Point good(Topic topic, String sentence) {
    return new Point(topic, Standing.GOOD, sentence, "");
  }

  static Point warned(Topic topic, String sentence, String publish) {
    return new Point(topic, Standing.WARNED, sentence, publish);
  }

  static Point broken(Topic topic, String sentence, String publish) {
    return new Point(topic, Standing.BROKEN, sentence, publish);
  }

  static Point open(Topic topic, String sentence) {
    return new Point(topic, Standing.OPEN, sentence, "");
  }
}
