package io.postern.console.accounts;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.settings.InstanceSettings;

/// What an account that is signed in should do about its passkeys: two are advised, because who
/// loses the only one is left with recovery codes.
public final class PasskeyAdvice {
  private static final int ADVISED = 2;

  private final Database database;
  private final Passkeys passkeys;
  private final InstanceSettings instance;

  PasskeyAdvice(Database database, Passkeys passkeys, InstanceSettings instance) {
    this.database = database;
    this.passkeys = passkeys;
    this.instance = instance;
  }

  /// @return a sentence, empty when there is nothing to do, or no passkey can be made here
  public String to(Actor actor) {
    var party = RelyingParty.of(instance.baseUrl());
    if (party.obstacle() != null) {
      return "";
    }
    var own = database.read(tx -> passkeys.credentialIds(tx, actor.uid(), party.id()).size());
    if (own == 0) {
      return "Your account signs in by password alone. A passkey keeps out whoever learns it.";
    }
    return own < ADVISED
        ? "Your account has one passkey. Add a second on another device: who loses the only one is left with recovery codes."
        : "";
  }
}
