package io.postern.console.accounts;

import java.time.Instant;
import java.util.List;

/// A session in the list.
///
/// @param browser what it seems to be, from what it calls itself
/// @param agent what it calls itself
/// @param isPresent whether it is the one that asks
public record SessionRow(
    String uid,
    String browser,
    String agent,
    String address,
    Instant createdAt,
    Instant seenAt,
    boolean isPresent) {
  /// The more special first: most call themselves Chrome and Safari too.
  private static final List<Mark> BROWSERS =
      List.of(
          new Mark("Edg/", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("Firefox/", "Firefox"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Safari/", "Safari"),
          new Mark("curl/", "curl"));

  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("Windows", " on Windows"),
          new Mark("Android", " on Android"),
          new Mark("iPhone", " on an iPhone"),
          new Mark("iPad", " on an iPad"),
          new Mark("Mac OS X", " on macOS"),
          new Mark("CrOS", " on ChromeOS"),
          new Mark("Linux", " on Linux"));

  static SessionRow of(Sessions.Session session, String present) {
    return new SessionRow(
        session.uid(),
        browser(session.agent()),
        session.agent(),
        session.address(),
        session.createdAt(),
        session.seenAt(),
        session.uid().equals(present));
  }

  static String browser(String agent) {
    return first(BROWSERS, agent, "Another browser") + first(SYSTEMS, agent, "");
  }

  private static String first(List<Mark> marks, String agent, String otherwise) {
    return marks.stream()
        .filter(mark -> agent.contains(mark.sign()))
        .map(Mark::name)
        .findFirst()
        .orElse(otherwise);
  }

  private record Mark(String sign, String name) {}
}
