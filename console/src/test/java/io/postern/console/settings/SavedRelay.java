package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Relay settings on a database of the test, and one way to save them: a server on loopback without
/// TLS.
public final class SavedRelay {
  private final RelaySettings settings;
  private final InstantSource clock;

  public SavedRelay(
      Database database,
      SecretBox box,
      Audit audit,
      InstantSource clock,
      Consumer<RelayChanged> listener) {
    this.clock = clock;
    this.settings =
        new RelaySettings(
            database,
            new RelayStore(box),
            audit,
            event -> {
              if (event instanceof RelayChanged change) {
                listener.accept(change);
              }
            },
            clock);
  }

  public RelaySettings settings() {
    return settings;
  }

  /// @param username empty: anonymous
  public void save(int port, String username, String password, boolean validated) {
    var draft =
        new RelayDraft(
            HostName.parse("127.0.0.1"),
            port,
            Security.NONE,
            username,
            Mailbox.parse("console@postern.test"),
            "",
            null,
            HostName.parse("console.postern.test"),
            List.of(),
            false,
            Set.of("cleartext-password"));
    var version = settings.inForce();
    settings.save(
        Actor.system(clock.instant()),
        draft,
        username.isEmpty()
            ? new PasswordChange.Delete()
            : new PasswordChange.Set(Secret.of(password)),
        validated,
        version == null ? 0 : version.number());
  }
}
