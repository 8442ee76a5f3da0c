package io.postern.console.audit;

import java.util.List;

/// What the *Audit* tab shows.
///
/// @param entries one page, the newest first
/// @param total how many the filter finds on all pages
/// @param continued whether newer ones than these were left out
/// @param hasOlder whether there are more
public record AuditView(
    AuditSearch search, List<AuditEntry> entries, long total, boolean continued, boolean hasOlder) {
  static final int ROWS = 50;

  public String newest() {
    return address("");
  }

  public String older() {
    return address("before=" + entries.getLast().sequence());
  }

  private String address(String more) {
    var query = search.query();
    var whole = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
    return AuditPages.PATH + (whole.isEmpty() ? "" : "?" + whole);
  }
}
