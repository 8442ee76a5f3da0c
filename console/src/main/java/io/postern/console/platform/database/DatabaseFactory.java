package io.postern.console.platform.database;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Opens the database that the settings name.
public final class DatabaseFactory {
  private DatabaseFactory() {}

  /// @param whenBroken what to do when the disk under SQLite failed. PostgreSQL stops and
  ///   restarts itself then, and Postern connects again
  /// @throws UnusableSettingException when it cannot be opened, with what to do
  public static Database open(ProcessSettings settings, Consumer<DatabaseException> whenBroken) {
    var url = settings.text(Setting.DATABASE_URL);
    var file = settings.dataDirectory().resolve("postern.db");
    try {
      return url == null ? new SqliteDatabase(file, whenBroken) : postgres(url, password(settings));
    } catch (DatabaseException | FlywayException | PoolInitializationException e) {
      var reason = OpeningFault.sentence(e);
      if (reason == null) {
        throw e;
      }
      throw new UnusableSettingException(
          "The database %s cannot be opened: %s".formatted(url == null ? file : url, reason));
    }
  }

  private static Database postgres(String url, @Nullable String password) {
    var uri = parse(url);
    var user = uri == null ? null : uri.getUserInfo();
    if (uri == null || user == null || !isPostgres(uri)) {
      throw new UnusableSettingException(
          "The database URL takes the form postgresql://user@host:port/db.");
    }
    if (user.contains(":")) {
      throw new UnusableSettingException(
          "The database URL is shown in messages and holds a password. Put it into a file, and name that in POSTERN_DATABASE_PASSWORD_FILE.");
    }
    var port = uri.getPort() == -1 ? 5432 : uri.getPort();
    var jdbc = "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), port, uri.getPath());
    return new PostgresDatabase(jdbc, user, password);
  }

  private static @Nullable URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      // Not a URL at all; the form that is asked for says more than the parser.
      return null;
    }
  }

  private static boolean isPostgres(URI uri) {
    return "postgresql".equals(uri.getScheme()) && uri.getHost() != null;
  }

  private static @Nullable String password(ProcessSettings settings) {
    var file = settings.text(Setting.DATABASE_PASSWORD_FILE);
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException _) {
      // The path says enough; the exception's text would repeat it.
      throw new UnusableSettingException("The database password file " + file + " cannot be read.");
    }
  }
}
