package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// how many sessions an account has, on both databases.
@ParameterizedClass
@EnumSource
final class SessionsTest {
  private static final Sessions.Client CLIENT = new Sessions.Client("192.0.2.1", "Firefox/150");

  private final Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;
  private Sessions sessions;
  private Account ada;

  SessionsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
    sessions = stand.parts.sessions();
    ada = stand.account("ada@example.com");
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R561_the_twenty_first_session_ends_the_oldest_and_no_other() {
    var ben = signIn(stand.account("ben@example.com"));
    var ids = new ArrayList<String>();
    for (var number = 0; number < Sessions.LIVING_MAX; number++) {
      ids.add(signIn(ada));
    }
    assertThat(ids).allMatch(this::lives).hasSize(20);

    // Being in use does not save it: the oldest is who signed in first.
    stand.database.write(tx -> {
      sessions.touch(tx, Objects.requireNonNull(sessions.find(tx, ids.getFirst())).session().uid());
      return true;
    });
    ids.add(signIn(ada));

    assertThat(lives(ids.getFirst())).isFalse();
    assertThat(ids.subList(1, ids.size())).allMatch(this::lives);
    assertThat(lives(ben)).isTrue();
    assertThat(living()).hasSize(Sessions.LIVING_MAX);
  }

  @Test
  void R561_those_who_sign_in_at_once_are_not_more_than_twenty() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var number = 0; number < 3 * Sessions.LIVING_MAX; number++) {
        threads.execute(() -> signIn(ada));
      }
    }
    assertThat(living()).hasSize(Sessions.LIVING_MAX);
  }

  private List<Sessions.Session> living() {
    return stand.database.read(tx -> sessions.list(tx, ada.uid()));
  }

  private String signIn(Account account) {
    stand.pass(Duration.ofSeconds(1));
    return stand.database.write(tx -> sessions.open(tx, account.uid(), CLIENT));
  }

  private boolean lives(String id) {
    return stand.database.read(tx -> sessions.find(tx, id) != null);
  }
}
