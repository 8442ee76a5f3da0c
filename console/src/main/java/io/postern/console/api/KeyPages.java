package io.postern.console.api;

import io.postern.console.accounts.Form;
import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// *My Account › API keys*: everybody's own keys, made, seen once, revoked.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class KeyPages {
  static final String PATH = "/system/account/keys";

  private static final String TITLE = "My Account";

  private final Pages pages;
  private final Database database;
  private final ApiKeys keys;
  private final Audit audit;
  private final InstantSource clock;

  KeyPages(Pages pages, Database database, ApiKeys keys, Audit audit, InstantSource clock) {
    this.pages = pages;
    this.database = database;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping(PATH)
  ResponseEntity<String> list(HttpServletRequest request, Actor actor) {
    return page(request, actor, HttpStatus.OK, Form.empty(), Set.of());
  }

  /// The answer shows the key; nothing else ever does.
  @StepUp
  @PostMapping(PATH)
  ResponseEntity<String> make(HttpServletRequest request, Actor actor) {
    var wish = KeyWish.read(request.getParameterMap(), actor.role(), clock.instant());
    if (wish.form().isGood()) {
      var made = make(actor, wish);
      if (made != null) {
        var frame = pages.frame(request, TITLE, MenuItem.MY_ACCOUNT);
        return pages.show(
            "api/made", Map.of("frame", frame, "name", wish.name(), "key", made.secret()));
      }
      wish.form()
          .refuse(
              "name",
              "You have %d keys, the most that one account can have. Revoke one first."
                  .formatted(ApiKeys.KEYS_MAX));
    }
    return page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, wish.form(), wish.scopes());
  }

  @PostMapping(PATH + "/{uid}/revoke")
  ResponseEntity<String> revoke(Actor actor, @PathVariable String uid) {
    var name =
        database.<@Nullable String>write(tx -> {
          var revoked = keys.revoke(tx, actor.uid(), uid);
          if (revoked != null) {
            audit.record(
                tx,
                actor,
                Audit.Action.DELETE,
                new Audit.Object("api-key", uid, revoked),
                "Revoked an API key");
          }
          return revoked;
        });
    if (name == null) {
      throw Refusal.notFound("key");
    }
    return pages.redirect(
        PATH, "The key \"%s\" is revoked; it opens nothing any more.".formatted(name));
  }

  /// @return null when the account has as many as it can have
  private ApiKeys.@Nullable Made make(Actor actor, KeyWish wish) {
    return database.<ApiKeys.@Nullable Made>write(tx -> {
      if (keys.list(tx, actor.uid()).size() >= ApiKeys.KEYS_MAX) {
        return null;
      }
      var made =
          keys.make(
              tx, actor.uid(), new ApiKeys.Wish(wish.name(), wish.scopes(), wish.expiresAt()));
      audit.record(
          tx,
          actor,
          Audit.Action.CREATE,
          new Audit.Object("api-key", made.uid(), wish.name()),
          "Made an API key for " + Scope.words(wish.scopes()));
      return made;
    });
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, Actor actor, HttpStatus status, Form form, Set<Scope> chosen) {
    var view =
        KeysView.of(
            database.read(tx -> keys.list(tx, actor.uid())),
            actor.role(),
            chosen,
            form,
            clock.instant());
    var frame = pages.frame(request, TITLE, MenuItem.MY_ACCOUNT);
    return pages.show(status, "api/keys", Map.of("frame", frame, "view", view));
  }
}
