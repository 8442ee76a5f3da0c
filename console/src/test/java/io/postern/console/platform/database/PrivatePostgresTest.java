package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrivatePostgresTest {
  @Test
  void every_database_is_its_own_and_has_the_schema() {
    var postgres = PrivatePostgres.shared();
    try (var one = postgres.database();
        var other = postgres.database()) {
      one.write(tx -> tx.jdbc().sql("update outbox_control set paused = 1").update());

      assertThat(paused(one)).isEqualTo(1);
      assertThat(paused(other)).isZero();
      assertThat(postgres.isRunning()).isTrue();
    }
  }

  private static int paused(Database database) {
    return database.read(
        tx -> tx.jdbc().sql("select paused from outbox_control").query(Integer.class).single());
  }
}
