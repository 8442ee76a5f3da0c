package io.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of one measurement: printed as they come, kept as a Markdown table.
final class Report {
  private final Effort effort;
  private final List<String> rows = new ArrayList<>();
  private final List<String> goals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Report(Effort effort) {
    this.effort = effort;
  }

  /// A figure that is no goal by itself.
  void figure(String what, Samples samples) {
    figure(what, samples.toString());
  }

  void figure(String what, String value) {
    rows.add("| " + what + " | " + value + " |");
    System.out.println("  " + what + ": " + value);
  }

  /// A figure that must be at least this much in the middle.
  void atLeast(String what, Samples samples, double goal) {
    goal(what, samples, "at least " + number(goal), samples.median() >= goal);
  }

  /// A figure that must be at most this much in the middle.
  void atMost(String what, Samples samples, double goal) {
    goal(what, samples, "at most " + number(goal), samples.median() <= goal);
  }

  /// What the reader must know to judge the figures.
  void note(String sentence) {
    notes.add(sentence);
    System.out.println("  " + sentence);
  }

  private void goal(String what, Samples samples, String goal, boolean met) {
    var row = "| %s | %s | %s | %s |".formatted(what, samples, goal, met ? "met" : "**missed**");
    goals.add(row);
    System.out.println("  " + row);
  }

  void write(Place place, String name, Measurement measurement) throws IOException {
    var text = new StringBuilder("## " + measurement.title() + "\n\n");
    text.append(
        "Commit %s; %s; %s run.%n%n".formatted(place.commit(), Place.machine(), effort.name()));
    if (!goals.isEmpty()) {
      text.append("| Goal | Median (least..most) | Asked | |\n| --- | --- | --- | --- |\n");
      text.append(String.join("\n", goals)).append("\n\n");
    }
    if (!rows.isEmpty()) {
      text.append("| Figure | Median (least..most) |\n| --- | --- |\n");
      text.append(String.join("\n", rows)).append("\n");
    }
    for (var note : notes) {
      text.append("\n").append(note).append("\n");
    }
    Files.createDirectories(place.results());
    Files.writeString(place.results().resolve(name + ".md"), text);
  }

  static String number(double value) {
    return String.format(
        Locale.ROOT,
        value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f",
        value);
  }
}
