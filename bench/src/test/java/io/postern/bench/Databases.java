package io.postern.bench;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// Empty databases on the PostgreSQL that `bench/run` started.
final class Databases {
  private static final AtomicInteger MADE = new AtomicInteger();

  private Databases() {}

  /// @return what `POSTERN_DATABASE_URL` takes
  static String create(Place place) throws SQLException {
    var name = "bench" + MADE.incrementAndGet();
    var server = "127.0.0.1:" + place.databasePort() + "/";
    try (var connection =
            DriverManager.getConnection("jdbc:postgresql://" + server + "postgres", "postern", "");
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name);
      statement.execute("create database " + name);
    }
    return "postgresql://postern@" + server + name;
  }
}
