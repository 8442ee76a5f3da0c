package io.postern.console.platform.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A connection that keeps its statements: the same words are not parsed and planned again for each
/// mail. For one thread at a time.
///
/// A kept statement keeps its values too: to forget them makes SQLite plan it anew. So it runs only
/// when each has been given again.
final class PreparedOnce implements InvocationHandler {
  static final int STATEMENTS_MAX = 128;

  private final Connection connection;

  /// Those that nobody uses now, the least recently used first.
  private final LinkedHashMap<String, Kept> resting = new LinkedHashMap<>();

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
    var found = resting.remove(sql);
    var kept = found == null ? Kept.of(connection.prepareStatement(sql)) : found;
    return (PreparedStatement)
        Proxy.newProxyInstance(
            PreparedOnce.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            new Lent(sql, kept));
  }

  private void rest(String sql, Kept kept) throws SQLException {
    var other = resting.put(sql, kept);
    if (other != null) {
      other.statement.close();
    }
    if (resting.size() > STATEMENTS_MAX) {
      Map.Entry<String, Kept> oldest = resting.pollFirstEntry();
      oldest.getValue().statement.close();
    }
  }

  /// Makes connections that keep their statements, for a pool.
  static final class Source extends DelegatingDataSource {
    Source(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return of(super.getConnection());
    }
  }

  /// @param values how many it takes
  private record Kept(PreparedStatement statement, int values) {
    static Kept of(PreparedStatement statement) throws SQLException {
      return new Kept(statement, statement.getParameterMetaData().getParameterCount());
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
    private final Kept kept;
    private final BitSet given = new BitSet();
    private boolean closed;
    private boolean failed;

    Lent(String sql, Kept kept) {
      this.sql = sql;
      this.kept = kept;
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
        case "execute", "executeQuery", "executeUpdate", "addBatch" -> {
          requireAllGiven();
          yield forwarded(method, arguments);
        }
        case "clearParameters" -> {
          given.clear();
          yield null;
        }
        default -> {
          if (method.getName().startsWith("set") && arguments != null && arguments.length > 1) {
            given.set((int) arguments[0]);
          }
          yield forwarded(method, arguments);
        }
      };
    }

    private @Nullable Object forwarded(Method method, Object @Nullable [] arguments)
        throws Throwable {
      try {
        return call(kept.statement, method, arguments);
      } catch (SQLException e) {
        failed = true;
        throw e;
      }
    }

    private void requireAllGiven() throws SQLException {
      if (given.cardinality() != kept.values) {
        throw new SQLException(
            "%d of %d values were given: %s".formatted(given.cardinality(), kept.values, sql));
      }
    }

    private void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      if (failed) {
        kept.statement.close();
      } else {
        rest(sql, kept);
      }
    }
  }
}
