package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// *My Account › Sessions*: where one is signed in, and how to end that.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
final class SessionPages {
  private static final String PATH = "/system/account/sessions";

  private final Pages pages;
  private final Database database;
  private final Sessions sessions;
  private final SessionSignIn present;
  private final Audit audit;

  SessionPages(
      Pages pages, Database database, Sessions sessions, SessionSignIn present, Audit audit) {
    this.pages = pages;
    this.database = database;
    this.sessions = sessions;
    this.present = present;
    this.audit = audit;
  }

  @GetMapping(PATH)
  ResponseEntity<String> list(HttpServletRequest request, Actor actor) {
    var own = present.sessionUid(request);
    var rows =
        database.read(tx -> sessions.list(tx, actor.uid())).stream()
            .map(session -> SessionRow.of(session, own))
            .toList();
    var frame = pages.frame(request, AddressPages.TITLE, MenuItem.MY_ACCOUNT);
    return pages.show("accounts/my-sessions", Map.of("frame", frame, "rows", rows));
  }

  /// Ending one's own signs out.
  @StepUp
  @PostMapping(PATH + "/{uid}/end")
  ResponseEntity<String> end(
      HttpServletRequest request,
      HttpServletResponse response,
      Actor actor,
      @PathVariable String uid) {
    if (uid.equals(present.sessionUid(request))) {
      database.write(tx -> record(tx, actor, "Signed out by ending the session"));
      present.close(actor, request, response);
      return Pages.seeOther(actor.tenantUid() == null ? LoginPages.PATH : "/");
    }
    var ended =
        database.write(tx -> {
          if (!sessions.end(tx, actor.uid(), uid)) {
            return false;
          }
          record(tx, actor, "Ended another session of the account");
          return true;
        });
    return pages.redirect(
        PATH, ended ? "The session has ended." : "This session had ended already.");
  }

  /// Whoever has only a stolen cookie must not sign the owner out.
  @StepUp
  @PostMapping(PATH + "/end-others")
  ResponseEntity<String> endOthers(HttpServletRequest request, Actor actor) {
    database.write(tx -> {
      sessions.endAll(tx, actor.uid(), present.sessionUid(request));
      return record(tx, actor, "Ended every other session of the account");
    });
    return pages.redirect(PATH, "Every other session has ended.");
  }

  private String record(Transaction tx, Actor actor, String sentence) {
    return audit.record(
        tx,
        actor,
        Audit.Action.SIGN_OUT,
        new Audit.Object("account", actor.uid(), actor.email()),
        sentence);
  }
}
