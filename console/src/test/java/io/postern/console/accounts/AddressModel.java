package io.postern.console.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What becomes of one account's address, in the plainest words: R-548 as a list and an address.
final class AddressModel {
  private final String first;
  private final List<Change> changes = new ArrayList<>();
  private String email;

  AddressModel(String first) {
    this.first = first;
    this.email = first;
  }

  /// A change as it was asked for.
  private static final class Change {
    final String from;
    final String to;
    final Instant asked;
    boolean open = true;
    boolean stopUsed;
    Instant confirmed = Instant.MIN;

    Change(String from, String to, Instant asked) {
      this.from = from;
      this.to = to;
      this.asked = asked;
    }

    boolean waitsAt(Instant now) {
      return open && now.isBefore(asked.plus(Duration.ofHours(1)));
    }

    boolean isConfirmed() {
      return confirmed.isAfter(Instant.MIN);
    }
  }

  String email() {
    return email;
  }

  boolean waitsAt(Instant now) {
    return changes.stream().anyMatch(change -> change.waitsAt(now));
  }

  boolean request(String to, Instant now) {
    if (to.equals(email)) {
      return false;
    }
    changes.forEach(change -> change.open = false);
    changes.add(new Change(email, to, now));
    return true;
  }

  boolean withdraw() {
    var waited = changes.stream().anyMatch(change -> change.open);
    changes.forEach(change -> change.open = false);
    return waited;
  }

  boolean confirmNewest(Instant now) {
    if (changes.isEmpty() || !changes.getLast().waitsAt(now)) {
      return false;
    }
    var change = changes.getLast();
    change.open = false;
    change.confirmed = now;
    email = change.to;
    return true;
  }

  /// How many notices of changes went to the first address.
  int notices() {
    return noticesToFirst().size();
  }

  private List<Change> noticesToFirst() {
    return changes.stream().filter(change -> change.from.equals(first)).toList();
  }

  /// The first address presses its button in the notice with this number.
  boolean stop(int notice, Instant now) {
    var notices = noticesToFirst();
    if (notices.isEmpty()) {
      return false;
    }
    var change = notices.get(notice);
    if (change.stopUsed || !now.isBefore(change.asked.plus(Duration.ofDays(7)))) {
      return false;
    }
    var reach = changes.subList(changes.indexOf(change), changes.size());
    var undoes =
        !email.equals(first)
            && reach.stream()
                .anyMatch(each ->
                    each.isConfirmed()
                        && each.from.equals(first)
                        && now.isBefore(each.confirmed.plus(Duration.ofDays(1))));
    var stops = reach.stream().anyMatch(each -> each.waitsAt(now) && each.from.equals(first));
    if (!undoes && !stops) {
      return false;
    }
    change.stopUsed = true;
    email = first;
    reach.forEach(each -> {
      each.open = false;
      each.confirmed = Instant.MIN;
    });
    return true;
  }
}
