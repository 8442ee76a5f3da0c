package io.postern.console.platform.web;

import io.postern.console.platform.SecretBox;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/// Keeps the one message of a redirect in a sealed cookie, because there is no servlet session. It
/// holds [Pages#MESSAGE] and nothing else.
final class FlashCookie extends AbstractFlashMapManager {
  private static final String PURPOSE = "flash";
  private static final byte[] NOT_BOUND = new byte[0];
  private static final Duration AGE_MAX = Duration.ofMinutes(3);
  private static final int MESSAGE_CHARACTERS_MAX = 2_000;

  private final Cookies cookies;
  private final SecretBox box;

  FlashCookie(Cookies cookies, SecretBox box) {
    this.cookies = cookies;
    this.box = box;
  }

  @Override
  protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
    var cookie = cookies.read(request, Cookies.Kind.FLASH);
    var message = cookie == null ? null : open(cookie);
    if (message == null) {
      return null;
    }
    var flash = new FlashMap();
    flash.put(Pages.MESSAGE, message);
    return new ArrayList<>(List.of(flash));
  }

  @Override
  protected void updateFlashMaps(
      List<FlashMap> flashes, HttpServletRequest request, HttpServletResponse response) {
    var message =
        flashes.isEmpty() ? null : (String) flashes.getLast().getOrDefault(Pages.MESSAGE, null);
    if (message == null) {
      cookies.clear(request, response, Cookies.Kind.FLASH);
      return;
    }
    var text = message.substring(0, Math.min(message.length(), MESSAGE_CHARACTERS_MAX));
    var sealed = box.seal(PURPOSE, NOT_BOUND, text.getBytes(StandardCharsets.UTF_8));
    var value = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    cookies.write(request, response, Cookies.Kind.FLASH, value, AGE_MAX);
  }

  /// The cookie itself is the lock: each browser has its own.
  @Override
  protected @Nullable Object getFlashMapsMutex(HttpServletRequest request) {
    return null;
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
