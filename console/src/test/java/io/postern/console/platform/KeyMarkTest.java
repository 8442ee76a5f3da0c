package io.postern.console.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.MigratedFile;
import io.postern.console.platform.database.PrivatePostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class KeyMarkTest {
  private final Dialect dialect;
  private final SecureRandom random = new SecureRandom();
  @TempDir Path directory;
  private Database database;

  KeyMarkTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database =
        switch (dialect) {
          case SQLITE -> MigratedFile.open(directory);
          case POSTGRESQL -> PrivatePostgres.shared().database();
        };
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_key_that_a_database_was_made_with_opens_it_again() {
    var sealed = box("key").seal("purpose", new byte[0], "words".getBytes(StandardCharsets.UTF_8));
    assertThat(box("key").open("purpose", new byte[0], sealed))
        .isEqualTo("words".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void R522_another_key_is_refused() {
    box("key");
    KeyFile.readOrMake(directory.resolve("other"), random);
    assertThatThrownBy(() -> box("other"))
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            refused -> assertThat(refused.sentence()).contains("is not the key of this database"));
  }

  @Test
  void R522_a_missing_key_is_not_replaced_by_a_new_one() {
    box("key");
    assertThatThrownBy(() -> box("gone"))
        .isInstanceOfSatisfying(
            UnusableSettingException.class,
            refused -> assertThat(refused.sentence()).contains("There is no key file"));
    assertThat(Files.exists(directory.resolve("gone"))).isFalse();
  }

  private SecretBox box(String file) {
    var ring = KeyMark.open(database, directory.resolve(file), random, InstantSource.system());
    return new SecretBox(Keys.fixed(ring), random);
  }
}
