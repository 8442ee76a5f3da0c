package io.postern.console.platform.database;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.UnusableSettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /// Where the database listens, in every address that its name leads to now.
  ///
  /// @return empty with SQLite, which listens nowhere
  /// @throws UnusableSettingException when the name leads nowhere, so that nothing can be opened
  public static List<InetSocketAddress> listeners(ProcessSettings settings) {
    var url = settings.text(Setting.DATABASE_URL);
    return url == null ? List.of() : PostgresUrl.parse(url).listeners();
  }

  private static Database postgres(String text, @Nullable String password) {
    var url = PostgresUrl.parse(text);
    return new PostgresDatabase(url.jdbc(), url.user(), password);
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
      throw new UnusableSettingException(
          "The database password file "
              + file
              + " cannot be read. Give this user read access, or name another.");
    }
  }
}
