package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.VerdictJson;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Rung;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The history of tries.
final class AttemptStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Map<String, Object>>> RUNGS = new TypeReference<>() {};

  /// How many tries were made, those included that used no attempt up.
  int count(Transaction transaction, String mailUid) {
    return transaction
        .jdbc()
        .sql("select coalesce(max(number), 0) from mail_attempt where mail_uid = ?")
        .param(mailUid)
        .query(Integer.class)
        .single();
  }

  /// A try as it is kept.
  ///
  /// @param stages its ladder, as JSON
  record Entry(Attempt attempt, String stages) {}

  /// Writes a try out, before it has a number; needs no transaction, for others wait for each.
  static Entry entry(Attempt attempt) {
    return new Entry(
        attempt, JSON.writeValueAsString(attempt.rungs().stream().map(VerdictJson::rung).toList()));
  }

  /// The row that keeps a try beside its mail's change.
  static Paired.Statement row(String mailUid, Entry entry) {
    var attempt = entry.attempt();
    return new Paired.Statement(
        """
        insert into mail_attempt (mail_uid, number, started_at, ended_at, relay_number, outcome, stages, reply, cause, summary, remedy)
        select uid, (select coalesce(max(number), 0) + 1 from mail_attempt where mail_uid = ?), ?, ?, ?, ?, ?, ?, ?, ?, ? from changed
        """,
        List.of(
            mailUid,
            attempt.startedAt().toEpochMilli(),
            attempt.endedAt().toEpochMilli(),
            attempt.relayNumber(),
            attempt.outcome(),
            entry.stages(),
            attempt.reply(),
            attempt.cause(),
            attempt.summary(),
            String.join("\n", attempt.remedy())));
  }

  List<Attempt> of(Transaction transaction, String mailUid) {
    return transaction
        .jdbc()
        .sql("select * from mail_attempt where mail_uid = ? order by number")
        .param(mailUid)
        .query((row, _) -> read(row))
        .list();
  }

  private static Attempt read(ResultSet row) throws SQLException {
    var remedy = row.getString("remedy");
    return new Attempt(
        row.getInt("number"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Instant.ofEpochMilli(row.getLong("ended_at")),
        row.getLong("relay_number"),
        row.getString("outcome"),
        JSON.readValue(row.getString("stages"), RUNGS).stream().map(AttemptStore::rung).toList(),
        row.getString("reply"),
        row.getString("cause"),
        row.getString("summary"),
        remedy.isEmpty() ? List.of() : List.of(remedy.split("\n")));
  }

  private static Rung rung(Map<String, Object> tree) {
    var stage =
        Arrays.stream(Stage.values())
            .filter(each -> each.word().equals(tree.get("stage")))
            .findFirst()
            .orElseThrow();
    var outcome =
        Arrays.stream(Rung.Outcome.values())
            .filter(each -> each.word().equals(tree.get("outcome")))
            .findFirst()
            .orElseThrow();
    return new Rung(
        stage,
        outcome,
        ((Number) java.util.Objects.requireNonNull(tree.get("millis"))).longValue(),
        String.valueOf(tree.get("detail")));
  }
}
