package io.postern.console.platform.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection that keeps its statements: the same words are not parsed and planned again for each
/// mail. For one thread at a time.
final class PreparedOnce implements InvocationHandler {
  static final int STATEMENTS_MAX = 128;

  private final Connection connection;

  /// Those that nobody uses now, the least recently used first.
  private final LinkedHashMap<String, PreparedStatement> resting = new LinkedHashMap<>();

  private PreparedOnce(Connection connection) {
    this.connection = connection;
  }

  static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            PreparedOnce.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new PreparedOnce(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return method.getName().equals("prepareStatement")
            && arguments != null
            && arguments.length == 1
            && arguments[0] instanceof String sql
        ? prepared(sql)
        : call(connection, method, arguments);
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    var kept = resting.remove(sql);
    var statement = kept == null ? connection.prepareStatement(sql) : kept;
    return (PreparedStatement)
        Proxy.newProxyInstance(
            PreparedOnce.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            new Lent(sql, statement));
  }

  private void rest(String sql, PreparedStatement statement) throws SQLException {
    statement.clearParameters();
    var other = resting.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (resting.size() > STATEMENTS_MAX) {
      Map.Entry<String, PreparedStatement> oldest = resting.pollFirstEntry();
      oldest.getValue().close();
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /// A statement in use. Closed, it rests; one that failed is not used again.
  private final class Lent implements InvocationHandler {
    private final String sql;
    private final PreparedStatement statement;
    private boolean closed;
    private boolean failed;

    Lent(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "close" -> {
          close();
          yield null;
        }
        case "isClosed" -> closed;
        default -> {
          try {
            yield call(statement, method, arguments);
          } catch (SQLException e) {
            failed = true;
            throw e;
          }
        }
      };
    }

    private void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (failed) {
        statement.close();
      } else {
        rest(sql, statement);
      }
    }
  }
}
