package io.postern.console.attack;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One running console for all attacks of a class; its administrator signs in anew for each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneTarget {
  Target target;

  @BeforeAll
  final void start(@TempDir Path directory) {
    target = Target.in(directory);
  }

  @BeforeEach
  final void signIn() {
    target.signIn();
  }

  @AfterAll
  final void stop() {
    target.close();
  }
}
