package io.postern.console.platform;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes the instance key while servers run, at the terminal. First the new key stands in
/// the key file, where every process finds it; then the database says that it seals; then each
/// stored value is wrapped with it; at last, when nothing needs the old one, that is taken out.
public final class KeyChange {
  /// A running server asks every few seconds which key seals; one that is busy, later.
  static final Duration SETTLED = Duration.ofMinutes(1);

  private final Database database;
  private final Path file;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final List<SealedRows> rows;
  private final BiConsumer<Transaction, String> audit;

  /// @param columns every place of the other rooms where sealed values are stored
  /// @param audit writes a sentence into the audit log
  public KeyChange(
      Standalone instance,
      Path file,
      List<SealedColumn> columns,
      BiConsumer<Transaction, String> audit) {
    this.database = instance.database();
    this.file = file;
    this.random = instance.random();
    this.clock = instance.clock();
    this.rows =
        Stream.concat(columns.stream(), Stream.of(InstanceSecrets.column()))
            .map(SealedRows::new)
            .toList();
    this.audit = audit;
  }

  /// A key of the file.
  ///
  /// @param state `former`, `seals` or `coming`
  /// @param values how many stored values need it
  public record Known(String id, String state, long values) {}

  /// What a change did.
  ///
  /// @param renewed values that were wrapped with this key now
  /// @param lost values that none of the keys opens; they were lost before
  public record Changed(String id, long renewed, long lost) {}

  /// The keys of the file, oldest first.
  public List<Known> keys() {
    var ring = ring();
    return database.read(tx ->
        ring.keys().stream()
            .map(key -> new Known(key.name(), state(ring, key), count(tx, key)))
            .toList());
  }

  /// Puts a new key into the file without sealing with it, for a file that is copied by hand.
  ///
  /// @return its identifier, or that of the one that is there already
  /// @throws UnusableSettingException when the file cannot be written
  public String prepare() {
    var ring = ring();
    if (!ring.coming().isEmpty()) {
      return ring.coming().getFirst().name();
    }
    var fresh = KeyFile.fresh(random);
    KeyFile.write(file, Stream.concat(ring.keys().stream(), Stream.of(fresh)).toList());
    return fresh.name();
  }

  /// Seals with the prepared key, or a new one, and wraps every stored value with it. After an
  /// interruption, or before the former key is retired, it goes on with that change.
  public Changed rotate() {
    if (ring().former().isEmpty()) {
      prepare();
      var next = ring().coming().getFirst();
      database.write(tx -> {
        KeyMark.change(tx, next, clock.instant());
        audit.accept(tx, "Key %s seals from now on".formatted(next.name()));
        return next;
      });
    }
    return renew(ring());
  }

  /// Takes the keys that no stored value needs any more out of the file.
  ///
  /// @return a sentence that says why not; null when it was done
  public @Nullable String retire() {
    var ring = ring();
    if (ring.former().isEmpty()) {
      return "There is no former key in %s.".formatted(file);
    }
    if (clock.instant().isBefore(database.read(KeyMark::since).plus(SETTLED))) {
      return "The key was changed less than a minute ago, and a server may still seal with the former one. Try again in a minute.";
    }
    // What a server sealed before it knew of the change.
    renew(ring);
    var needed = database.read(tx -> ring.former().stream().mapToLong(key -> count(tx, key)).sum());
    if (needed > 0) {
      return "%d values still need a former key. Run: ./postern key rotate".formatted(needed);
    }
    KeyFile.write(file, Stream.concat(Stream.of(ring.sealing()), ring.coming().stream()).toList());
    var names = String.join(", ", ring.former().stream().map(InstanceKey::name).toList());
    database.write(tx -> {
      audit.accept(tx, "Key %s was taken out of the key file".formatted(names));
      return names;
    });
    return null;
  }

  private Changed renew(KeyRing ring) {
    var box = new SecretBox(Keys.fixed(ring), random);
    var sum =
        rows.stream()
            .map(each -> each.renew(database, ring, box))
            .reduce(new SealedRows.Renewed(0, 0), SealedRows.Renewed::plus);
    return new Changed(ring.sealing().name(), sum.renewed(), sum.lost());
  }

  private long count(Transaction tx, InstanceKey key) {
    var box = new SecretBox(Keys.fixed(KeyRing.of(key)), random);
    return rows.stream().mapToLong(each -> each.count(tx, key, box)).sum();
  }

  private KeyRing ring() {
    return KeyMark.open(database, file, random, clock);
  }

  private static String state(KeyRing ring, InstanceKey key) {
    return key == ring.sealing() ? "seals" : ring.former().contains(key) ? "former" : "coming";
  }
}
