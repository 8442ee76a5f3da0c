package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.web.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// passkeys as rows, the same on both databases.
@ParameterizedClass
@EnumSource
final class PasskeyStoreTest {
  private static final String HOST = "postern.example.com";

  private final Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;
  private Passkeys passkeys;
  private Account ada;

  PasskeyStoreTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
    passkeys = new Passkeys(stand.parts.clock(), stand.parts.uids());
    ada = account("ada@example.com");
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R565_a_passkey_comes_back_as_it_was_attested() {
    var made = add(ada, "Laptop", credential("one", 7));
    var known =
        Objects.requireNonNull(stand.database.read(tx -> passkeys.findByCredential(tx, "one")));
    assertThat(known.passkey()).isEqualTo(made);
    assertThat(known.credential().attested()).containsExactly(0, -1, 1, 127, -128);
    assertThat(known.credential().signCount()).isEqualTo(7);
    assertThat(known.credential().isBackupEligible()).isTrue();
    assertThat(known.credential().isBackedUp()).isFalse();
    assertThat(ids(HOST)).containsExactly("one");
    assertThat(ids("other.example.com")).isEmpty();
  }

  @Test
  void R565_a_credential_belongs_to_one_account() {
    add(ada, "Laptop", credential("one", 0));
    var bob = account("bob@example.com");
    assertThat(
            stand.database.<Object>write(tx -> {
              var again = passkeys.add(tx, bob, "Stolen", HOST, credential("one", 0));
              return again == null ? "refused" : again;
            }))
        .isEqualTo("refused");
    assertThat(list(ada)).extracting(Passkey::name).containsExactly("Laptop");
    assertThat(list(bob)).isEmpty();
  }

  @Test
  void R565_of_many_who_show_the_same_signature_at_once_one_is_let_in() throws Exception {
    add(ada, "Laptop", credential("one", 7));
    var before =
        Objects.requireNonNull(stand.database.read(tx -> passkeys.findByCredential(tx, "one")));
    var work = new ArrayList<Callable<Boolean>>();
    for (var caller = 0; caller < 20; caller++) {
      work.add(() -> stand.database.write(tx -> passkeys.used(tx, before, 8, true)));
    }
    var let = new ArrayList<Boolean>();
    try (var callers = Executors.newFixedThreadPool(8)) {
      for (var answer : callers.invokeAll(work)) {
        let.add(answer.get());
      }
    }
    assertThat(let).filteredOn(Boolean::booleanValue).hasSize(1);
    assertThat(list(ada).getFirst().isBackedUp()).isTrue();
    assertThat(list(ada).getFirst().usedAt()).isEqualTo(stand.parts.clock().instant());
  }

  @Test
  void R565_renaming_and_removing_touch_one_account_alone() {
    var bob = account("bob@example.com");
    var laptop = add(ada, "Laptop", credential("one", 0));
    add(ada, "Spare", credential("two", 0));
    add(bob, "Phone", credential("three", 0));
    stand.database.write(tx -> {
      passkeys.rename(tx, laptop, "Old laptop");
      return true;
    });
    assertThat(list(ada)).extracting(Passkey::name).containsExactly("Old laptop", "Spare");
    assertThat(
            stand.database.<Boolean>read(tx -> passkeys.find(tx, bob.uid(), laptop.uid()) == null))
        .as("not through another account")
        .isTrue();
    stand.database.write(tx -> {
      passkeys.remove(tx, laptop);
      return true;
    });
    assertThat(list(ada)).extracting(Passkey::name).containsExactly("Spare");
    assertThat(stand.database.<Integer>write(tx -> passkeys.removeAll(tx, ada.uid()))).isEqualTo(1);
    assertThat(list(ada)).isEmpty();
    assertThat(list(bob)).hasSize(1);
  }

  private Account account(String email) {
    var made = new NewAccount(null, Role.ROOT, email, "", "", "test");
    return stand.database.write(
        tx -> Objects.requireNonNull(stand.parts.accounts().create(tx, made)));
  }

  private Passkey add(Account account, String name, Passkey.Credential credential) {
    return stand.database.write(
        tx -> Objects.requireNonNull(passkeys.add(tx, account, name, HOST, credential)));
  }

  private List<Passkey> list(Account account) {
    return stand.database.read(tx -> passkeys.list(tx, account.uid()));
  }

  private List<String> ids(String host) {
    return stand.database.read(tx -> passkeys.credentialIds(tx, ada.uid(), host));
  }

  private static Passkey.Credential credential(String id, long signCount) {
    return new Passkey.Credential(id, new byte[] {0, -1, 1, 127, -128}, signCount, true, false);
  }
}
