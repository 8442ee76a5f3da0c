package io.postern.console.letters;

import io.postern.console.settings.InstanceSettings;
import io.postern.console.settings.RelaySettings;
import java.util.ArrayList;
import java.util.List;

/// Whether letters can leave, and whether their links can be opened by who gets them.
public final class MailReadiness {
  private final RelaySettings relay;
  private final InstanceSettings instance;

  MailReadiness(RelaySettings relay, InstanceSettings instance) {
    this.relay = relay;
    this.instance = instance;
  }

  /// Whether a letter that is queued now will be tried.
  public boolean isMailSetUp() {
    var version = relay.inForce();
    return version != null && version.isUsable();
  }

  /// Empty when all is well.
  public List<MailWarning> warnings() {
    var warnings = new ArrayList<MailWarning>();
    if (!isMailSetUp()) {
      warnings.add(
          new MailWarning(
              relay.inForce() == null
                  ? "No SMTP server is saved yet. Letters are kept and go out once one is."
                  : "The stored SMTP password cannot be read. Letters are kept and go out once it is entered again.",
              "Administration, SMTP",
              "/system/administration/smtp"));
    }
    if (instance.isLocalhost()) {
      warnings.add(
          new MailWarning(
              "The base URL is %s, so links in letters open on this machine only. Set the address under which others reach Postern before the first letter goes out."
                  .formatted(instance.baseUrl()),
              "Administration, Instance",
              "/system/administration/instance"));
    }
    return warnings;
  }
}
