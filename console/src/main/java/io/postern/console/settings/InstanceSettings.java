package io.postern.console.settings;

import io.postern.console.platform.BaseUrl;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.InstanceValues;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the instance is called and where it is reached. Links in letters come from here and from
/// nowhere else.
public final class InstanceSettings implements BaseUrl {
  public static final int DISPLAY_NAME_CHARACTERS_MAX = 64;

  /// The name and the value under which the database knows [#isSecondFactorRequired].
  public static final String SECOND_FACTOR = "second-factor";

  public static final String REQUIRED = "required";

  private static final String DISPLAY_NAME = "display-name";
  private static final String BASE_URL = "base-url";
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ProcessSettings process;
  private final Database database;
  private final InstantSource clock;

  public InstanceSettings(ProcessSettings process, Database database, InstantSource clock) {
    this.process = process;
    this.database = database;
    this.clock = clock;
  }

  public String displayName() {
    var stored = stored(DISPLAY_NAME);
    return stored == null ? "Postern" : stored;
  }

  /// Without a slash at the end. The process setting wins over what was entered in the console.
  @Override
  public String baseUrl() {
    var given = process.text(Setting.BASE_URL);
    if (given != null) {
      return given.replaceAll("/+$", "");
    }
    var stored = stored(BASE_URL);
    return stored == null ? process.localAddress(speaksTls()) : stored;
  }

  /// Whether the console speaks TLS itself.
  public boolean speaksTls() {
    return process.text(Setting.TLS_CERTIFICATE) != null || database.read(ConsoleTls::isStored);
  }

  /// Whether the base URL is fixed by a flag, a variable or the settings file.
  public boolean isBaseUrlFixed() {
    return process.text(Setting.BASE_URL) != null;
  }

  /// The host name of [#baseUrl].
  public String baseUrlHost() {
    return String.valueOf(URI.create(baseUrl()).getHost()).toLowerCase(Locale.ROOT);
  }

  /// The console speaks TLS now: an address that was entered for HTTP goes on to lead to it.
  void moveToHttps(Transaction transaction, Actor actor) {
    var url = baseUrl();
    if (!isBaseUrlFixed() && stored(BASE_URL) != null && url.startsWith("http://")) {
      put(transaction, actor, BASE_URL, url.replaceFirst("http", "https"));
    }
  }

  /// Whether only a browser on this very machine can open the links.
  public boolean isLocalhost() {
    return LOCAL.contains(String.valueOf(URI.create(baseUrl()).getHost()));
  }

  /// Whether system accounts must have a passkey (PLAN 3): who has none registers one at the next
  /// sign-in, before anything else, and passwords give no API token.
  public boolean isSecondFactorRequired() {
    return REQUIRED.equals(stored(SECOND_FACTOR));
  }

  void requireSecondFactor(Transaction transaction, Actor actor, boolean required) {
    put(transaction, actor, SECOND_FACTOR, required ? REQUIRED : "offered");
  }

  public void save(Transaction transaction, Actor actor, String displayName, String baseUrl) {
    put(transaction, actor, DISPLAY_NAME, displayName);
    if (!isBaseUrlFixed()) {
      put(transaction, actor, BASE_URL, baseUrl);
    }
  }

  /// @return what is wrong with a display name, empty when nothing is
  public static String nameFault(String displayName) {
    if (displayName.isEmpty()) {
      return "Enter the name that letters call this instance by, such as Acme Platform.";
    }
    if (displayName.length() > DISPLAY_NAME_CHARACTERS_MAX) {
      return "A display name has at most %d characters; this one has %d."
          .formatted(DISPLAY_NAME_CHARACTERS_MAX, displayName.length());
    }
    return FormReading.hasControls(displayName)
        ? "A display name is one line of text, without control characters."
        : "";
  }

  private @Nullable String stored(String name) {
    return database.read(transaction -> InstanceValues.find(transaction, name));
  }

  private void put(Transaction transaction, Actor actor, String name, String value) {
    InstanceValues.put(transaction, name, value, clock.instant(), actor.email());
  }
}
