package io.postern.console.api;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.Accounts;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.ApiSignIn;
import io.postern.console.platform.web.AskedPath;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.RefusalWatch;
import io.postern.console.settings.InstanceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs requests of the API in, by the header `ApiKey: <key>` or `Authorization: <token>`, with
/// `Bearer` before it or without; a key may stand there too, for programs that can send no other
/// header, as Prometheus before 2.55. A request that names both is signed in by neither: which of
/// two accounts acts must not depend on an order that nobody sees.
final class KeysAndTokens implements ApiSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(KeysAndTokens.class);
  private static final String BEARER = "Bearer ";
  private static final String METRICS = "/actuator";
  private static final String LACKING = KeysAndTokens.class.getName() + ".lacking";

  private final Database database;
  private final Accounts accounts;
  private final ApiKeys keys;
  private final ApiTokens tokens;
  private final Surroundings surroundings;

  /// @param proxies tells the client's address
  /// @param instance whether a password is enough
  /// @param watch learns of keys that lack a scope
  record Surroundings(
      Proxies proxies, InstantSource clock, InstanceSettings instance, RefusalWatch watch) {}

  KeysAndTokens(
      Database database,
      Accounts accounts,
      ApiKeys keys,
      ApiTokens tokens,
      Surroundings surroundings) {
    this.database = database;
    this.accounts = accounts;
    this.keys = keys;
    this.tokens = tokens;
    this.surroundings = surroundings;
  }

  @Override
  public @Nullable Actor actorOf(HttpServletRequest request) {
    var key = request.getHeader("ApiKey");
    var authorization = request.getHeader("Authorization");
    if (key != null && authorization != null) {
      return null;
    }
    var known =
        key != null ? byKey(key) : authorization != null ? byAuthorization(authorization) : null;
    if (known == null) {
      return null;
    }
    var actor = known.actor(surroundings.proxies().clientAddress(request));
    if (!mayUse(request, known.credential(), actor)) {
      return null;
    }
    request.setAttribute(Credential.ATTRIBUTE, known.credential());
    return actor;
  }

  private record Known(Account account, Credential credential, Instant factorAt) {
    Actor actor(String address) {
      return new Actor(
          account.uid(), account.email(), account.role(), account.tenantUid(), factorAt, address);
    }
  }

  private @Nullable Known byAuthorization(String header) {
    var bare =
        header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? header.substring(BEARER.length())
            : header;
    return ApiKeys.isKey(bare.strip()) ? byKey(bare) : byToken(bare);
  }

  private @Nullable Known byKey(String secret) {
    var found =
        database.read(tx -> {
          var key = keys.find(tx, secret.strip());
          return key == null ? null : new KeyOwner(key, owner(tx, key.accountUid()));
        });
    if (found == null || found.account() == null) {
      return null;
    }
    if (keys.isTouchDue(found.key())) {
      touch(tx -> keys.touch(tx, found.key()));
    }
    return new Known(
        found.account(),
        new Credential.Key(found.key().uid(), found.key().scopes()),
        surroundings.clock().instant());
  }

  private record KeyOwner(ApiKeys.Kept key, @Nullable Account account) {}

  /// A token was given for a password. From when the account has a passkey on, or must have one,
  /// that is not enough (PLAN 3).
  private @Nullable Known byToken(String secret) {
    var found =
        database.read(tx -> {
          var token = tokens.find(tx, secret.strip());
          return token == null || accounts.hasPasskey(tx, token.accountUid())
              ? null
              : new TokenOwner(token, owner(tx, token.accountUid()));
        });
    if (found == null
        || found.account() == null
        || isOutlived(found.token(), found.account())
        || surroundings.instance().isSecondFactorRequired()) {
      return null;
    }
    if (tokens.isTouchDue(found.token())) {
      touch(tx -> tokens.touch(tx, found.token()));
    }
    return new Known(
        found.account(), new Credential.Token(found.token().hash()), found.token().createdAt());
  }

  private record TokenOwner(ApiTokens.Living token, @Nullable Account account) {}

  private @Nullable Account owner(Transaction tx, String uid) {
    var account = accounts.find(tx, uid);
    return account != null && account.state() == Account.State.ACTIVE ? account : null;
  }

  /// A token that was given for an older password has ended with it.
  private static boolean isOutlived(ApiTokens.Living token, Account account) {
    var passwordAt = account.passwordAt();
    return passwordAt != null && token.createdAt().isBefore(passwordAt);
  }

  /// The actuator has no handlers of ours that could ask for a scope.
  private boolean mayUse(HttpServletRequest request, Credential credential, Actor actor) {
    if (credential instanceof Credential.Key(var uid, var scopes)
        && AskedPath.of(request).startsWith(METRICS)
        && !scopes.contains(Scope.METRICS_READ)) {
      var why = "the key %s lacks the scope %s".formatted(uid, Scope.METRICS_READ.word());
      request.setAttribute(LACKING, new Lacking(actor, why));
      return false;
    }
    return true;
  }

  @Override
  public void refused(HttpServletRequest request) {
    if (request.getAttribute(LACKING) instanceof Lacking(var actor, var why)) {
      surroundings.watch().refused(actor, request.getMethod() + " " + METRICS, why);
    }
  }

  /// Whose key lacks a scope. Who asks from this machine gets the metrics all the same.
  private record Lacking(Actor actor, String why) {}

  /// A disk that is full keeps nobody from looking at what is wrong.
  private void touch(Database.Work<Integer> work) {
    try {
      database.write(work);
    } catch (DatabaseException e) {
      LOG.warn("The last use of an API key or token could not be written", e);
    }
  }
}
