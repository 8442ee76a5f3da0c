package io.postern.console.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which statements are prepared anew, seen at the real connection below.
final class PreparedOnceTest {
  private final List<String> prepared = new ArrayList<>();
  private Connection real;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    real = DriverManager.getConnection("jdbc:sqlite::memory:");
    connection = PreparedOnce.of(counting(real));
    try (var statement = real.createStatement()) {
      statement.execute("create table thing (name varchar(64) not null unique)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    real.close();
  }

  @Test
  void the_same_words_are_prepared_once_and_run_with_values_of_their_own_only()
      throws SQLException {
    insert("one");
    insert("two");
    assertThat(prepared).hasSize(1);

    try (var statement = connection.prepareStatement("insert into thing values (?)")) {
      assertThatThrownBy(statement::executeUpdate)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("0 of 1 values");
      statement.setString(1, "three");
      statement.clearParameters();
      assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
      assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
      assertThatThrownBy(statement::addBatch).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void words_in_use_are_prepared_a_second_time() throws SQLException {
    insert("one");
    insert("two");
    var names = new ArrayList<String>();
    try (var outer = connection.prepareStatement("select name from thing order by name");
        var rows = outer.executeQuery()) {
      while (rows.next()) {
        try (var inner = connection.prepareStatement("select name from thing order by name");
            var again = inner.executeQuery()) {
          again.next();
          names.add(rows.getString(1) + " " + again.getString(1));
        }
      }
    }
    assertThat(names).containsExactly("one one", "two one");
  }

  @Test
  void a_statement_that_failed_is_not_used_again() throws SQLException {
    insert("one");
    assertThatThrownBy(() -> insert("one")).isInstanceOf(SQLException.class);
    insert("two");
    assertThat(prepared).hasSize(2);
  }

  @Test
  void one_hundred_and_twenty_eight_are_kept_and_of_one_more_the_longest_unused_goes()
      throws SQLException {
    for (var n = 0; n < PreparedOnce.STATEMENTS_MAX; n++) {
      select(n);
    }
    select(0);
    assertThat(prepared).hasSize(PreparedOnce.STATEMENTS_MAX);

    select(PreparedOnce.STATEMENTS_MAX);
    select(0);
    assertThat(prepared).hasSize(PreparedOnce.STATEMENTS_MAX + 1);
    select(1);
    assertThat(prepared).hasSize(PreparedOnce.STATEMENTS_MAX + 2);
  }

  private void insert(String name) throws SQLException {
    try (var statement = connection.prepareStatement("insert into thing values (?)")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
  }

  private void select(int number) throws SQLException {
    try (var statement = connection.prepareStatement("select " + number);
        var rows = statement.executeQuery()) {
      assertThat(rows.getInt(1)).isEqualTo(number);
    }
  }

  private Connection counting(Connection target) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                prepared.add(String.valueOf(arguments[0]));
              }
              return called(target, method, arguments);
            });
  }

  private static @Nullable Object called(
      Connection target, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
