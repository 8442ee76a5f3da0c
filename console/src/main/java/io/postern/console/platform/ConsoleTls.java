package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Whether the console speaks TLS itself, and with what: the files that a setting names, else what
/// was entered in the console, whose private key is sealed like every secret.
public final class ConsoleTls {
  /// The names under which the database has them.
  private static final String CHAIN = "tls-chain";

  private static final String KEY = "tls-key";

  private final @Nullable TlsFiles files;
  private final Database database;
  private final InstanceSecrets secrets;
  private final InstantSource clock;
  private volatile Runnable changed = () -> {};

  /// @throws UnusableSettingException when only one of the files is named
  public ConsoleTls(
      ProcessSettings settings, Database database, InstanceSecrets secrets, InstantSource clock) {
    this.files = TlsFiles.of(settings);
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// Whether files decide, and not what is entered in the console.
  public boolean isFixed() {
    return files != null;
  }

  /// What is to be shown to browsers now, read anew.
  ///
  /// @return null when the console speaks HTTP
  /// @throws UnusableSettingException when it cannot be read
  public @Nullable ServerIdentity current() {
    return files == null ? database.read(this::stored) : files.read();
  }

  /// Whether somebody entered a certificate in the console.
  public static boolean isStored(Transaction tx) {
    return InstanceValues.find(tx, CHAIN) != null;
  }

  /// Takes effect after the commit, in every process on the database.
  public void save(Transaction tx, String by, ServerIdentity identity) {
    InstanceValues.put(tx, CHAIN, Pem.format(identity.chain()), clock.instant(), by);
    secrets.put(tx, KEY, identity.key().getEncoded());
    tx.afterCommit(() -> changed.run());
  }

  /// From then on the console speaks HTTP.
  public void remove(Transaction tx) {
    InstanceValues.remove(tx, CHAIN);
    secrets.remove(tx, KEY);
    tx.afterCommit(() -> changed.run());
  }

  /// @param action what happens in this process when the certificate was changed in it
  public void whenChanged(Runnable action) {
    changed = action;
  }

  private @Nullable ServerIdentity stored(Transaction tx) {
    var text = InstanceValues.find(tx, CHAIN);
    var chain = text == null ? null : Pem.parse(text);
    if (chain == null) {
      return null;
    }
    var octets = secrets.find(tx, KEY);
    var key = octets == null ? null : ServerIdentity.keyOf(octets);
    if (key == null) {
      throw new UnusableSettingException(
          "The private key of the console's certificate cannot be read with this instance key. Start with --tls-certificate and --tls-key, or restore the key that the database was used with.");
    }
    return new ServerIdentity(chain, key);
  }
}
