package io.postern.console;

import io.postern.console.cli.Launch;

/// The entry of the jar.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Launch.run(arguments, ConsoleServer::start));
  }
}
