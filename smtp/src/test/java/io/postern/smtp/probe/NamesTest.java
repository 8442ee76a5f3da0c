package io.postern.smtp.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.Domain;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the DNS says beside the relay's own name.
class NamesTest {
  @Test
  void exchangers_stand_in_order_of_preference_and_without_a_last_dot() {
    var resolver = mx(List.of("20 B.test.", "10 a.test", "30 c.test"));
    assertEquals(
        List.of(
            new Domain(
                Domain.Role.SENDER,
                "d.test",
                Domain.State.EXISTS,
                List.of("a.test", "b.test", "c.test"))),
        new Names(resolver).domain(Domain.Role.SENDER, "d.test"));
  }

  @Test
  void the_root_as_exchanger_means_no_mail() {
    assertEquals(
        List.of(new Domain(Domain.Role.RECIPIENT, "d.test", Domain.State.NULL_MX, List.of())),
        new Names(mx(List.of("0 ."))).domain(Domain.Role.RECIPIENT, "d.test"));
  }

  @Test
  void a_domain_without_exchanger_lives_by_its_address() {
    Resolver addressed =
        (_, type, _) ->
            type == Resolver.RecordType.AAAA
                ? new DnsAnswer.Found(List.of("2001:db8::1"), "d.test")
                : new DnsAnswer.NoData();
    assertEquals(Domain.State.EXISTS, state(addressed));
    assertEquals(Domain.State.EMPTY, state((_, _, _) -> new DnsAnswer.NoData()));
    assertEquals(Domain.State.FAILS, state((_, _, _) -> new DnsAnswer.ServerFailed("SERVFAIL")));
    assertEquals(Domain.State.NO_ANSWER, state((_, _, _) -> new DnsAnswer.NoServer("")));
    assertEquals(Domain.State.NO_SUCH_NAME, state((_, _, _) -> new DnsAnswer.NoName()));
  }

  @Test
  void a_reverse_name_must_lead_back() {
    var address = InetAddress.ofLiteral("192.0.2.7");
    Resolver resolver =
        (name, type, _) ->
            switch (type) {
              case PTR -> new DnsAnswer.Found(List.of("out.test."), name);
              case A -> new DnsAnswer.Found(List.of("192.0.2.8"), name);
              case AAAA, MX, TXT, SRV -> new DnsAnswer.NoData();
            };
    assertEquals(
        List.of(new Observation.ReverseName("192.0.2.7", "out.test.", false)),
        new Names(resolver).reverse(address));
    assertEquals(
        List.of(new Observation.ReverseName("192.0.2.7", "", false)),
        new Names((_, _, _) -> new DnsAnswer.NoName()).reverse(address));
  }

  @Test
  void only_public_addresses_have_a_reverse_name_to_look_for() {
    var expected =
        Map.of(
            "192.0.2.7", true,
            "10.0.0.1", false,
            "100.64.0.1", false,
            "100.128.0.1", true,
            "127.0.0.1", false,
            "169.254.1.1", false,
            "2001:db8::1", true,
            "fd00::1", false,
            "fe80::1", false);
    expected.forEach((text, isPublic) ->
        assertEquals(isPublic, Names.isPublic(InetAddress.ofLiteral(text)), text));
  }

  @Test
  void the_domain_above_a_host_is_one_that_can_be_owned() {
    assertEquals("example.com", Names.parent("smtp.example.com"));
    assertEquals("", Names.parent("example.com"));
    assertEquals("", Names.parent("localhost"));
  }

  @Test
  void greetings_tell_the_date_in_the_form_of_mail() {
    var moment = Instant.parse("2026-11-25T12:00:01Z");
    for (var date :
        List.of(
            "mx.test ESMTP Exim 4.99 Wed, 25 Nov 2026 13:00:01 +0100",
            "EX01 Microsoft ESMTP MAIL Service ready at Wed, 25 Nov 2026 12:00:01 +0000 [08DD]",
            "mx.test ESMTP Sendmail 8.18.1/8.18.1; Wed, 25 Nov 2026 12:00:01 GMT")) {
      assertEquals(moment, GreetingDate.of(date), date);
    }
    assertNull(GreetingDate.of("mx.test ESMTP Postfix"));
    assertNull(GreetingDate.of("mx.test Wed, 31 Feb 2026 25:00:01 +0000"));
  }

  private static Domain.State state(Resolver resolver) {
    return ((Domain) new Names(resolver).domain(Domain.Role.SENDER, "d.test").getFirst()).state();
  }

  private static Resolver mx(List<String> values) {
    return (name, _, _) -> new DnsAnswer.Found(values, name);
  }
}
