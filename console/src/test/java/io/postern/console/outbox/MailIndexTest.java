package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Every mail becomes COMMITTING: that must touch no index (ADR 16).
@ParameterizedClass
@EnumSource
final class MailIndexTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;

  MailIndexTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = OutboxStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void no_index_names_the_state() {
    var catalogue =
        switch (dialect) {
          case SQLITE ->
              "select sql from sqlite_master where type = 'index' and tbl_name = 'mail' and sql is not null";
          case POSTGRESQL ->
              "select indexdef from pg_indexes where tablename = 'mail' and schemaname = current_schema()";
        };
    List<String> indexes =
        stand.database.read(
            tx -> tx.jdbc().sql(catalogue).query((row, _) -> row.getString(1)).list());

    assertThat(indexes)
        .hasSizeGreaterThan(6)
        .allSatisfy(index -> assertThat(index).doesNotContainPattern("\\bstate\\b"));
  }

  @Test
  void on_postgresql_becoming_committing_is_an_update_of_the_row_alone() {
    stand.enqueue("ada@tenant.test");
    var mail = stand.lease("token", 1).getFirst();
    var sealed = stand.parts.store().rows().sealContent(mail.uid(), new byte[2_048]);

    switch (dialect) {
      case SQLITE -> assertThat(stand.committing(mail, "token")).isTrue();
      case POSTGRESQL ->
          assertThat(
                  stand.database.<Integer>write(tx -> {
                    assertThat(stand.parts.store().committing(tx, mail.uid(), "token", sealed))
                        .isTrue();
                    return tx.jdbc()
                        .sql(
                            "select n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'mail' and schemaname = current_schema()")
                        .query(Integer.class)
                        .single();
                  }))
              .isEqualTo(1);
    }
  }
}
