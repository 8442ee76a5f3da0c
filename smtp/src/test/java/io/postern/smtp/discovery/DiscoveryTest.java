package io.postern.smtp.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Security;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private final Map<String, List<String>> zone = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Resolver resolver =
      (name, type, _) -> {
        asked.add(name + " " + type);
        var values = zone.get(name + " " + type);
        return values == null ? new DnsAnswer.NoName() : new DnsAnswer.Found(values, name);
      };

  @Test
  void R300_a_mailbox_of_a_known_provider_is_answered_from_the_table_without_asking_anybody() {
    var offers = offers("you@gmail.com");
    assertEquals("smtp.gmail.com", offers.getFirst().host());
    assertEquals("you@gmail.com", offers.getFirst().username());
    assertEquals(List.of(), asked);
  }

  @Test
  void R304_srv_goes_by_priority_then_weight_and_tls_from_the_start_comes_first() {
    zone.put(
        "_submissions._tcp.acme.example SRV",
        List.of(
            "20 0 465 c.acme.example.", "10 5 465 b.acme.example.", "10 9 465 a.acme.example."));
    zone.put("_submission._tcp.acme.example SRV", List.of("0 0 587 d.acme.example."));
    assertEquals(
        List.of("a.acme.example", "b.acme.example", "c.acme.example", "d.acme.example"),
        offers("you@acme.example").stream().map(Offer::host).toList());
    assertEquals(Security.STARTTLS, offers("you@acme.example").getLast().security());
  }

  @Test
  void R304_a_dot_says_that_the_service_is_not_there() {
    zone.put("_submissions._tcp.acme.example SRV", List.of("0 0 0 ."));
    assertEquals(List.of(), offers("you@acme.example"));
  }

  @Test
  void R304_a_target_outside_the_domain_is_said_to_be_foreign() {
    zone.put(
        "_submissions._tcp.acme.example SRV",
        List.of("0 0 465 mail.acme.example.", "1 0 465 mail.notacme.example."));
    var offers = offers("you@acme.example");
    assertFalse(offers.getFirst().foreign());
    assertTrue(offers.getLast().foreign());
  }

  @Test
  void R304_a_broken_record_is_no_offer() {
    zone.put(
        "_submission._tcp.acme.example SRV",
        List.of("0 0 70000 a.example.", "0 0 x b.example.", "0 587 c.example.", "0 0 587 -d-."));
    assertEquals(List.of(), offers("you@acme.example"));
  }

  @Test
  void R300_the_mail_exchanger_tells_the_provider_of_an_own_domain() {
    zone.put("acme.example MX", List.of("1 aspmx.l.google.com."));
    var offer = offers("you@acme.example").getFirst();
    assertEquals("smtp.gmail.com", offer.host());
    assertEquals(Offer.Source.EXCHANGER, offer.source());
    assertTrue(offer.foreign());
  }

  @Test
  void at_most_four_are_offered() {
    var many = new ArrayList<String>();
    for (var i = 0; i <= Discovery.OFFERS_MAX; i++) {
      many.add(i + " 0 465 m" + i + ".acme.example.");
    }
    zone.put("_submissions._tcp.acme.example SRV", many);
    assertEquals(Discovery.OFFERS_MAX, offers("you@acme.example").size());
  }

  @Test
  void R301_the_address_itself_goes_nowhere() {
    offers("secret-name@acme.example");
    assertTrue(asked.stream().noneMatch(question -> question.contains("secret-name")));
  }

  private List<Offer> offers(String address) {
    return new Discovery(resolver).offers(Mailbox.parse(address));
  }
}
