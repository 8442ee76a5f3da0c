package io.postern.console;

import io.postern.console.cli.Launch;
import java.util.Locale;

/// The entry of the jar.
public final class Main {
  private Main() {}

  /// Postern speaks English on every machine: numbers in its addresses, statements and sentences
  /// have these digits, and letters these capitals.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ENGLISH);
    System.exit(Launch.run(arguments, ConsoleServer::start));
  }
}
