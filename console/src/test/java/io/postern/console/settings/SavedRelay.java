package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.EhloName;
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
      Consumer<RelayChanged> changed,
      Consumer<RelayProved> proved) {
    this.clock = clock;
    this.settings =
        new RelaySettings(
            database,
            new RelayStore(box),
            audit,
            event -> {
              switch (event) {
                case RelayChanged change -> changed.accept(change);
                case RelayProved proof -> proved.accept(proof);
                default -> throw new IllegalArgumentException(event.toString());
              }
            },
            clock);
  }

  public RelaySettings settings() {
    return settings;
  }

  /// @param username empty: anonymous
  public void save(int port, String username, String password, boolean validated) {
    var version = settings.inForce();
    var saving =
        settings.save(
            Actor.system(clock.instant()),
            draft(port, username),
            username.isEmpty()
                ? new PasswordChange.Delete()
                : new PasswordChange.Set(Secret.of(password)),
            validated,
            version == null ? 0 : version.number());
    if (saving instanceof Saving.NotWritten(var failure)) {
      throw failure;
    }
  }

  /// A check found these values valid.
  public void proved(int port, String username, String password) {
    settings.proved(draft(port, username), Secret.of(password));
  }

  private static RelayDraft draft(int port, String username) {
    return new RelayDraft(
        HostName.parse("127.0.0.1"),
        port,
        Security.NONE,
        username,
        null,
        Mailbox.parse("console@postern.test"),
        "",
        null,
        EhloName.parse("console.postern.test"),
        List.of(),
        false,
        Set.of("cleartext-password"));
  }
}
