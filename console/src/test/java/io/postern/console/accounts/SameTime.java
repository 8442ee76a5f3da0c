package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.postern.console.Browser;
import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// what the running console needs for an address with an account and for one
/// without comes from the same distribution. Which is asked next is drawn by lot, so that whatever
/// else the machine does meets both. That the same work is done, [SameWorkTest] counts.
///
/// Statistics run by command, not with each build: `./dev SameTime` takes 200 samples of each kind
/// and fails where that much difference comes about by chance once in 10,000 times;
/// `JAVA_TOOL_OPTIONS=-Dsame.time.samples=1000 ./dev SameTime` takes the 1,000 of the requirement.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SameTime {
  private static final int SAMPLES = Integer.getInteger("same.time.samples", 200);
  private static final double CHANCE_MIN = 1e-4;

  /// Before an account's password path closes there are 100 wrong passwords.
  private static final int EACH = 40;

  private static final String WRONG = "wrong horse battery staple";

  private final Random random = new Random(545);
  private RunningConsole console;
  private Neighbour neighbour;
  private TinyRelay relay;
  private Browser browser;
  private String token = "";

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    console = RunningConsole.start(directory, Map.of());
    neighbour = new Neighbour(console, directory);
    relay = new TinyRelay();
    neighbour.save(relay);
    for (var number = 0; number <= SAMPLES / EACH; number++) {
      neighbour.account(null, address("known", number), Visits.PASSWORD);
    }
  }

  @AfterAll
  void stop() throws IOException {
    neighbour.close();
    relay.close();
    console.close();
  }

  @BeforeEach
  void open() {
    browser = console.browser();
    token = Browser.token(browser.get("/system/login").body());
  }

  @Test
  void R563_a_wrong_password_takes_as_long_for_an_unknown_account() {
    assertThat(chance("unknown", this::signIn)).isGreaterThan(CHANCE_MIN);
  }

  @Test
  void R545_a_reset_that_is_asked_for_takes_as_long_for_an_unknown_account() {
    assertThat(chance("unknown", this::forgot)).isGreaterThan(CHANCE_MIN);
  }

  /// What has no dot behind its @ is refused before anybody looks for an account: a difference that
  /// must show.
  @Test
  void a_difference_shows() {
    assertThat(chance("no address", this::forgot)).isLessThan(CHANCE_MIN);
  }

  @Test
  void the_statistic_is_that_of_the_books() {
    var low = numbers(1, 40);
    assertThat(MannWhitney.p(low, low)).isCloseTo(1, within(1e-6));
    // U = 722 of 1600, sigma = 103.92: z = 0.7506.
    assertThat(MannWhitney.p(low, numbers(3, 40))).isCloseTo(0.4529, within(2e-3));
    assertThat(MannWhitney.p(low, numbers(41, 40))).isLessThan(1e-6);
    assertThat(MannWhitney.p(new long[] {7, 7, 7}, new long[] {7, 7})).isEqualTo(1);
  }

  private static long[] numbers(long first, int count) {
    return LongStream.range(first, first + count).toArray();
  }

  /// How likely the difference between `known` and another kind of address is by chance.
  private double chance(String other, ToIntFunction<String> asking) {
    var kinds = new ArrayList<String>();
    kinds.addAll(Collections.nCopies(SAMPLES, "known"));
    kinds.addAll(Collections.nCopies(SAMPLES, other));
    Collections.shuffle(kinds, random);
    var known = new ArrayList<Long>();
    var others = new ArrayList<Long>();
    warm(other, asking);
    for (var kind : kinds) {
      var samples = kind.equals("known") ? known : others;
      samples.add(nanos(address(kind, samples.size() / EACH), asking));
    }
    var chance = MannWhitney.p(longs(known), longs(others));
    System.getLogger(SameTime.class.getName())
        .log(System.Logger.Level.INFO, "known and {0}: p = {1}", other, String.valueOf(chance));
    return chance;
  }

  /// What is loaded and compiled first must not count for one of them.
  private void warm(String other, ToIntFunction<String> asking) {
    IntStream.range(0, EACH / 2)
        .forEach(number -> {
          nanos("warm%d@example.com".formatted(number), asking);
          nanos(address(other, SAMPLES), asking);
        });
  }

  private long nanos(String email, ToIntFunction<String> asking) {
    console.pass(Duration.ofMinutes(25));
    var begun = System.nanoTime();
    var status = asking.applyAsInt(email);
    var took = System.nanoTime() - begun;
    assertThat(status).isIn(200, 401, 422);
    return took;
  }

  private int signIn(String email) {
    return browser
        .post("/system/login", Map.of("_csrf", token, "email", email, "password", WRONG))
        .statusCode();
  }

  private int forgot(String email) {
    return browser.post("/system/forgot", Map.of("_csrf", token, "email", email)).statusCode();
  }

  private static String address(String kind, int number) {
    return kind.contains(" ") ? kind : "%s%d@example.com".formatted(kind, number);
  }

  private static long[] longs(List<Long> samples) {
    return samples.stream().mapToLong(Long::longValue).toArray();
  }
}
