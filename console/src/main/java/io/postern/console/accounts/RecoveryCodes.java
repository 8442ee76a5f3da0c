package io.postern.console.accounts;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Ten codes, each good once in place of a passkey. A code is a digit that says which of the ten it
/// is, and 75 random bits, of which the database keeps an Argon2id hash as it does of passwords.
final class RecoveryCodes {
  static final int CODES = 10;

  /// So many or fewer left: the owner is told to make new ones.
  static final int FEW = 3;

  static final int TRIES_PER_HOUR_MAX = 10;

  /// Without i, l, o and u, which are misread (Crockford's base 32).
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int SECRET_CHARACTERS = 15;
  private static final int GROUP_CHARACTERS = 4;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Database database;
  private final PasswordHashes hashes;
  private final Throttle throttle;
  private final InstantSource clock;
  private final RandomGenerator random;

  RecoveryCodes(Database database, PasswordHashes hashes, Throttle throttle, Chance chance) {
    this.database = database;
    this.hashes = hashes;
    this.throttle = throttle;
    this.clock = chance.clock();
    this.random = chance.random();
  }

  /// Time and chance.
  record Chance(InstantSource clock, RandomGenerator random) {}

  /// Codes that were just drawn.
  ///
  /// @param shown as their owner reads them; nobody can read them again
  record Drawn(List<String> shown, List<String> hashes) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /// Takes about a second: never inside a transaction.
  Drawn draw() {
    var shown = new ArrayList<String>();
    var hashed = new ArrayList<String>();
    for (var number = 0; number < CODES; number++) {
      var code = new StringBuilder().append(number);
      for (var index = 0; index < SECRET_CHARACTERS; index++) {
        code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      shown.add(code.toString().replaceAll("(.{%d})(?=.)".formatted(GROUP_CHARACTERS), "$1-"));
      hashed.add(hashes.hash(Secret.of(code.toString())));
    }
    return new Drawn(List.copyOf(shown), List.copyOf(hashed));
  }

  /// Puts these in place of all codes that the account had.
  void replace(Transaction tx, String accountUid, Drawn codes) {
    removeAll(tx, accountUid);
    for (var number = 0; number < codes.hashes().size(); number++) {
      tx.jdbc()
          .sql(
              """
              insert into recovery_code (account_uid, number, code_hash, made_at)
              values (?, ?, ?, ?)
              """)
          .params(accountUid, number, codes.hashes().get(number), clock.millis())
          .update();
    }
  }

  void removeAll(Transaction tx, String accountUid) {
    tx.jdbc().sql("delete from recovery_code where account_uid = ?").param(accountUid).update();
  }

  /// How many codes are left.
  int left(Transaction tx, String accountUid) {
    return tx.jdbc()
        .sql("select count(*) from recovery_code where account_uid = ? and used_at is null")
        .param(accountUid)
        .query(Integer.class)
        .single();
  }

  /// What came of a code.
  sealed interface Redemption {
    /// @param left how many codes are left after it
    record Good(int left) implements Redemption {}

    record Wrong() implements Redemption {}

    record TooOften() implements Redemption {}
  }

  /// What the caller writes in the transaction in which a code is used up.
  @FunctionalInterface
  interface Use {
    void used(Transaction tx, int left);
  }

  /// Uses a code up if it is one of the account's. Of callers at the same moment one gets Good.
  Redemption redeem(String accountUid, String typed, Use use) {
    var code = normal(typed);
    var hash =
        database.write(tx ->
            throttle.take(tx, "recovery-code/" + accountUid, TRIES_PER_HOUR_MAX, HOUR)
                ? new Stored(hash(tx, accountUid, number(code)))
                : null);
    if (hash == null) {
      return new Redemption.TooOften();
    }
    if (hashes.match(Secret.of(code), hash.hash()) == PasswordHashes.Match.NO) {
      return new Redemption.Wrong();
    }
    return database.write(tx -> {
      if (!useUp(tx, accountUid, number(code))) {
        return new Redemption.Wrong();
      }
      var left = left(tx, accountUid);
      use.used(tx, left);
      return new Redemption.Good(left);
    });
  }

  private record Stored(@Nullable String hash) {}

  private boolean useUp(Transaction tx, String accountUid, int number) {
    return tx.jdbc()
            .sql(
                """
                update recovery_code set used_at = ?
                where account_uid = ? and number = ? and used_at is null
                """)
            .params(clock.millis(), accountUid, number)
            .update()
        == 1;
  }

  private static @Nullable String hash(Transaction tx, String accountUid, int number) {
    return tx.jdbc()
        .sql(
            """
            select code_hash from recovery_code
            where account_uid = ? and number = ? and used_at is null
            """)
        .params(accountUid, number)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /// As it was drawn, however it was typed: case, blanks, hyphens, and letters taken for digits.
  private static String normal(String typed) {
    return typed
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s-]", "")
        .replace('o', '0')
        .replaceAll("[il]", "1");
  }

  private static int number(String code) {
    return code.isEmpty() ? -1 : Character.digit(code.charAt(0), CODES);
  }
}
