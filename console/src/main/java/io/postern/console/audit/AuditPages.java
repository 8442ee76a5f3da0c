package io.postern.console.audit;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/// *Administration › Audit*: who did what and when, filtered, page by page, and as a file.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class AuditPages {
  static final String PATH = "/system/administration/audit";
  private static final int ENTRIES_PER_READ = 500;

  private final Pages pages;
  private final Database database;
  private final AuditLog log;
  private final Audit audit;

  AuditPages(Pages pages, Database database, AuditLog log, Audit audit) {
    this.pages = pages;
    this.database = database;
    this.log = log;
    this.audit = audit;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request) {
    var search = AuditSearch.of(request.getParameterMap());
    var before = request.getParameter("before");
    var view =
        before != null && before.matches("[0-9]{1,18}")
            ? view(search, search.filter().before(Long.parseLong(before)), true)
            : view(search, search.filter(), false);
    return pages.show(
        search.faults().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
        "audit/audit",
        Map.of(
            "frame",
            pages.frame(request, "Administration", MenuItem.ADMINISTRATION),
            "view",
            view));
  }

  private AuditView view(AuditSearch search, AuditFilter page, boolean continued) {
    return database.read(tx -> {
      // One more than shown tells whether there is more.
      var entries = log.entries(tx, page, AuditView.ROWS + 1);
      return new AuditView(
          search,
          entries.subList(0, Math.min(AuditView.ROWS, entries.size())),
          log.count(tx, search.filter()),
          continued,
          entries.size() > AuditView.ROWS);
    });
  }

  /// Writes everything that the filter finds, the newest first, as it stood when it was asked for.
  /// Is itself an entry of the log.
  @StepUp
  @PostMapping(PATH + "/export")
  void export(HttpServletRequest request, HttpServletResponse response, Actor actor)
      throws IOException {
    var search = AuditSearch.of(request.getParameterMap());
    var form = AuditExport.ofWord(request.getParameter("form"));
    if (form == null || !search.faults().isEmpty()) {
      throw new Refusal(
          422, "invalid-filter", "The filter or the form cannot be used. Go back and correct it.");
    }
    var end = record(actor, search, form);
    response.setContentType(form.mediaType());
    response.setHeader("Content-Disposition", "attachment; filename=" + form.fileName());
    response.setHeader(Audit.UID_HEADER, end.auditUid());
    write(response, form, search.filter().before(end.sequence()));
  }

  private record End(long sequence, String auditUid) {}

  private End record(Actor actor, AuditSearch search, AuditExport form) {
    return database.write(tx -> {
      var count = log.count(tx, search.filter());
      var newest = log.entries(tx, AuditFilter.ALL, 1);
      var sentence =
          "Exported %,d entries of the audit log as %s: %s."
              .formatted(count, form.name(), search.words());
      var uid =
          audit.record(
              tx,
              actor,
              Audit.Action.ACTIVITY,
              new Audit.Object("audit", "", "Audit log"),
              sentence);
      return new End(newest.isEmpty() ? 1 : newest.getFirst().sequence() + 1, uid);
    });
  }

  /// Reads a part, writes it, reads the next: neither memory nor a transaction grows with the log.
  private void write(HttpServletResponse response, AuditExport form, AuditFilter filter)
      throws IOException {
    var out = response.getWriter();
    out.write(form.head());
    var rest = filter;
    List<AuditEntry> part;
    do {
      var page = rest;
      part = database.read(tx -> log.entries(tx, page, ENTRIES_PER_READ));
      for (var entry : part) {
        out.write(form.line(entry));
      }
      if (out.checkError()) {
        throw new IOException("the browser went away during the export");
      }
      rest = part.isEmpty() ? rest : filter.before(part.getLast().sequence());
    } while (part.size() == ENTRIES_PER_READ);
  }
}
