package io.postern.console.platform;

/// Which Postern this is.
public final class Version {
  private Version() {}

  /// `Postern 1.0.0`; of classes that are in no jar it says so.
  public static String sentence() {
    var version = Version.class.getPackage().getImplementationVersion();
    return "Postern " + (version == null ? "(not packaged)" : version);
  }
}
