package io.postern.console.accounts;

import io.postern.console.platform.SecretBox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The time between the right password and the second factor, as a sealed cookie: whose password
/// was right, and when. It signs nobody in, and it ends with that password.
public final class SecondStep {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final String PURPOSE = "second-step";
  private static final byte[] NOT_BOUND = new byte[0];

  private final Cookies cookies;
  private final SecretBox box;
  private final Database database;
  private final Accounts accounts;
  private final InstantSource clock;

  SecondStep(
      Cookies cookies, SecretBox box, Database database, Accounts accounts, InstantSource clock) {
    this.cookies = cookies;
    this.box = box;
    this.database = database;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// The password of this account was right.
  ///
  /// @return the page that asks for the second factor
  public String begin(Account account, HttpServletRequest request, HttpServletResponse response) {
    var text = account.uid() + " " + passwordAt(account) + " " + clock.millis();
    var sealed = box.seal(PURPOSE, NOT_BOUND, text.getBytes(StandardCharsets.UTF_8));
    var value = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    cookies.write(request, response, Cookies.Kind.SECOND_STEP, value, LIFETIME);
    return SecondStepPages.PATH;
  }

  /// @return whose second factor is waited for; null when nobody's is, or not any more
  @Nullable Account waiting(HttpServletRequest request) {
    var cookie = cookies.read(request, Cookies.Kind.SECOND_STEP);
    var text = cookie == null ? null : open(cookie);
    var parts = text == null ? new String[0] : text.split(" ", -1);
    if (parts.length != 3) {
      return null;
    }
    var account = database.read(tx -> accounts.find(tx, parts[0]));
    var began = Instant.ofEpochMilli(Long.parseLong(parts[2]));
    return account != null
            && account.state() == Account.State.ACTIVE
            && passwordAt(account) == Long.parseLong(parts[1])
            && clock.instant().isBefore(began.plus(LIFETIME))
        ? account
        : null;
  }

  /// What stands for a session while there is none.
  String bound(HttpServletRequest request) {
    return Objects.requireNonNullElse(cookies.read(request, Cookies.Kind.SECOND_STEP), "");
  }

  void end(HttpServletRequest request, HttpServletResponse response) {
    cookies.clear(request, response, Cookies.Kind.SECOND_STEP);
  }

  private static long passwordAt(Account account) {
    return account.passwordAt() == null ? 0 : account.passwordAt().toEpochMilli();
  }

  private @Nullable String open(String cookie) {
    try {
      var plain = box.open(PURPOSE, NOT_BOUND, Base64.getUrlDecoder().decode(cookie));
      return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      // Not Base64: somebody wrote it by hand.
      return null;
    }
  }
}
