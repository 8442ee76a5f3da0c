package io.postern.console.settings;

import io.postern.smtp.diagnosis.Repair;
import io.postern.smtp.diagnosis.Repair.Field;
import io.postern.smtp.discovery.Offer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What *Fill in for me* found for an address. Each place is a button that fills the form; nothing
/// is filled or asked of the place before it is pressed.
public record Places(String address, List<Place> places) {
  public Places {
    places = List.copyOf(places);
  }

  /// One place.
  ///
  /// @param change the fields that it fills, as the value of a button
  /// @param foreign whether it lies outside the domain of the address, which has to be seen
  public record Place(String label, String source, boolean foreign, String change) {}

  static Places of(String address, List<Offer> offers) {
    return new Places(address, offers.stream().map(Places::place).toList());
  }

  private static Place place(Offer offer) {
    var label = "%s, port %d, %s".formatted(offer.host(), offer.port(), offer.security().label());
    var changes = new HashMap<Field, String>();
    changes.put(Field.HOST, offer.host());
    changes.put(Field.PORT, String.valueOf(offer.port()));
    changes.put(Field.SECURITY, offer.security().word());
    if (!offer.username().isEmpty()) {
      changes.put(Field.USERNAME, offer.username());
    }
    return new Place(
        label,
        offer.source().words(),
        offer.foreign(),
        SmtpRepair.of(new Repair(label, Map.copyOf(changes))));
  }
}
