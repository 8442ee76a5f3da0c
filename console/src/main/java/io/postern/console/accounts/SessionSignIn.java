package io.postern.console.accounts;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.PageSignIn;
import io.postern.console.platform.web.Proxies;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/// Sessions of browsers: finds the one of a request, opens, renews and ends them.
public final class SessionSignIn implements PageSignIn {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSignIn.class);

  /// What a browser forgets with the session: pages that it keeps to go back to, and its storage,
  /// though we put nothing there. Not `"cookies"`: that reaches the whole registered domain (Clear
  /// Site Data, section 4.2.4) and would sign the operator out of every neighbor of this console;
  /// our own cookie is cleared by its name.
  private static final String LEFT_BEHIND = "\"cache\", \"storage\"";

  private final Database database;
  private final Sessions sessions;
  private final Factors factors;
  private final Cookies cookies;
  private final Proxies proxies;

  SessionSignIn(
      Database database, Sessions sessions, Factors factors, Cookies cookies, Proxies proxies) {
    this.database = database;
    this.sessions = sessions;
    this.factors = factors;
    this.cookies = cookies;
    this.proxies = proxies;
  }

  /// What is judged when a factor is given again.
  record Factors(SignIn signIn, SecondFactor second, PasskeyQuestions questions) {}

  @Override
  public @Nullable Actor actorOf(HttpServletRequest request) {
    var id = cookies.read(request, Cookies.Kind.SESSION);
    var found = id == null ? null : database.read(tx -> sessions.find(tx, id));
    if (found == null) {
      return null;
    }
    touch(found.session());
    request.setAttribute(SESSION, found.session().uid());
    if (found.needsPasskey()) {
      request.setAttribute(NEEDS_PASSKEY, true);
    }
    return SignIn.actor(
        found.account(), proxies.clientAddress(request), found.session().factorAt());
  }

  @Override
  public Again again(Actor actor, HttpServletRequest request) {
    var party = factors.questions().party();
    var obstacle = party.obstacle();
    return new Again(
        factors.second().isOn(actor.uid()), party.origin(), obstacle == null ? "" : obstacle);
  }

  @Override
  public Answer confirm(
      Actor actor, Given given, HttpServletRequest request, HttpServletResponse response) {
    if (factors.second().isOn(actor.uid())) {
      return switch (factors.second().again(actor, given, sessionUid(request))) {
        case SecondFactor.Judgment.Wrong(var sentence) -> new Answer.Refused(sentence);
        case SecondFactor.Judgment.Right(var account, _) -> renewed(account, request, response);
      };
    }
    var attempt =
        new SignIn.Attempt(
            actor.tenantUid(),
            actor.email(),
            Secret.of(given.password()),
            proxies.clientAddress(request));
    return switch (factors.signIn().judge(attempt)) {
      case SignIn.Judgment.Wrong(var status, var sentence, _) ->
          new Answer.Refused(status == 401 ? "The password is not right." : sentence);
      case SignIn.Judgment.Half _ ->
          new Answer.Refused("The account has a passkey since a moment ago. Use that.");
      case SignIn.Judgment.Right(var account) -> renewed(account, request, response);
    };
  }

  /// Opens a session for somebody whose factor was just judged, and sets its cookie. A session that
  /// the browser had before ends, so that nothing planted before sign-in lives on.
  public void open(Account account, HttpServletRequest request, HttpServletResponse response) {
    var before = sessionUid(request);
    var agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
    var client = new Sessions.Client(proxies.clientAddress(request), agent);
    var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
    var id =
        database.write(tx -> {
          sessions.sweep(tx);
          if (actor != null) {
            sessions.end(tx, actor.uid(), before);
          }
          return sessions.open(tx, account.uid(), client);
        });
    cookies.write(request, response, Cookies.Kind.SESSION, id, null);
    cookies.clear(request, response, Cookies.Kind.FORM);
  }

  /// Ends the session of this request, clears its cookie and has the browser forget the rest.
  public void close(Actor actor, HttpServletRequest request, HttpServletResponse response) {
    database.write(tx -> {
      sessions.end(tx, actor.uid(), sessionUid(request));
      return true;
    });
    cookies.clear(request, response, Cookies.Kind.SESSION);
    response.setHeader("Clear-Site-Data", LEFT_BEHIND);
  }

  /// The session of this request goes on under a new identifier, after its owner has given a factor
  /// and changed what it rests on.
  void renew(HttpServletRequest request, HttpServletResponse response) {
    var id = database.write(tx -> sessions.renew(tx, sessionUid(request)));
    if (id != null) {
      cookies.write(request, response, Cookies.Kind.SESSION, id, null);
    }
  }

  /// Where the browser is, for the audit log.
  String clientAddress(HttpServletRequest request) {
    return proxies.clientAddress(request);
  }

  /// Names the session of this request, empty when it has none.
  String sessionUid(HttpServletRequest request) {
    return request.getAttribute(SESSION) instanceof String uid ? uid : "";
  }

  private Answer renewed(
      Account account, HttpServletRequest request, HttpServletResponse response) {
    var id = database.write(tx -> sessions.renew(tx, sessionUid(request)));
    var found = id == null ? null : database.read(tx -> sessions.find(tx, id));
    if (id == null || found == null) {
      return new Answer.Refused("Your session has ended. Sign in again.");
    }
    cookies.write(request, response, Cookies.Kind.SESSION, id, null);
    return new Answer.Fresh(
        SignIn.actor(account, proxies.clientAddress(request), found.session().factorAt()));
  }

  private void touch(Sessions.Session session) {
    if (!sessions.needsTouch(session)) {
      return;
    }
    try {
      database.write(tx -> {
        sessions.touch(tx, session.uid());
        return true;
      });
    } catch (DatabaseException e) {
      // With a full disk the console must still show why; the session then ends earlier.
      LOG.warn("A session could not be marked as seen: {}", e.getMessage());
    }
  }
}
