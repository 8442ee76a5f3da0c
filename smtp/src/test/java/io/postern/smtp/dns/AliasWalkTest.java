package io.postern.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.dns.Resolver.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a name server says about a name, asked over loopback: only a proper answer without records
/// says that a name has no address.
class AliasWalkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Answers an address question; nothing exists for any other type.
  @FunctionalInterface
  private interface Zone {
    Message answer(Message query);
  }

  @Test
  void a_circle_of_aliases_is_named() throws IOException {
    assertUnusable(
        true,
        "The name is an alias that leads back to itself: a.test -> b.test -> a.test.",
        query -> HostileNameServer.to(query, alias("a.test", "b.test"), alias("b.test", "a.test")));
    assertUnusable(
        true,
        "The name is an alias that leads back to itself: a.test -> a.test.",
        query -> HostileNameServer.to(query, alias("a.test", "a.test")));
  }

  @Test
  void a_circle_that_is_told_piece_by_piece_is_named_too() throws IOException {
    assertUnusable(
        true,
        "The name is an alias that leads back to itself: a.test -> b.test -> a.test.",
        query ->
            asked(query).equals("a.test")
                ? HostileNameServer.to(query, alias("a.test", "b.test"))
                : HostileNameServer.to(query, alias("b.test", "a.test")));
  }

  @Test
  void R530_aliases_without_end_are_given_up() throws IOException {
    assertUnusable(
        true,
        "The name is an alias of an alias, more than 16 times: a.test -> aa.test -> aaa.test -> aaaa.test -> ... -> aaaaaaaaaaaaaaaaaa.test.",
        query -> HostileNameServer.to(query, alias(asked(query), "a" + asked(query))));
  }

  @Test
  void records_of_another_name_are_no_answer() throws IOException {
    assertUnusable(
        false,
        "The DNS server answers with records of bank.test, which was not asked for.",
        query -> HostileNameServer.to(query, address("bank.test")));
  }

  @Test
  void a_server_that_only_refers_to_others_resolves_nothing() throws IOException {
    assertUnusable(
        false,
        "The DNS server only says which others to ask; a machine needs one that looks names up for it.",
        query -> {
          var answer = HostileNameServer.to(query);
          answer.addRecord(
              new NSRecord(
                  HostileNameServer.name("test"), DClass.IN, 60, HostileNameServer.name("ns.test")),
              Section.AUTHORITY);
          return answer;
        });
  }

  @Test
  void an_alias_is_followed_where_the_server_stops() throws IOException {
    assertEquals(
        new DnsAnswer.Found(List.of("192.0.2.1"), "b.test"),
        ask(query ->
            asked(query).equals("a.test")
                ? HostileNameServer.to(query, alias("a.test", "b.test"))
                : HostileNameServer.to(query, address("b.test"))));
  }

  @Test
  void only_a_proper_answer_says_that_a_name_has_no_address() throws IOException {
    assertEquals(new DnsAnswer.NoData(), ask(HostileNameServer::to));
    // A host with IPv4 alone, behind an alias; nobody asks again.
    assertEquals(
        new DnsAnswer.NoData(),
        ask(query -> {
          assertEquals("a.test", asked(query));
          var answer = HostileNameServer.to(query, alias("a.test", "b.test"));
          answer.addRecord(authority(), Section.AUTHORITY);
          return answer;
        }));
  }

  @Test
  void what_is_no_answer_is_the_finding_of_the_lookup() throws IOException {
    try (var server = serve(query -> HostileNameServer.to(query, alias("a.test", "a.test")))) {
      var resolver = DnsJavaResolver.of(server.address(), System::nanoTime);
      var result = Addresses.lookUp(HostName.parse("a.test"), resolver, PATIENCE);
      var missing = assertInstanceOf(Addresses.Result.Missing.class, result);
      assertInstanceOf(Finding.AnswerUnusable.class, missing.finding());
      assertTrue(resolver.named().startsWith("127.0.0.1:"), resolver.named());
    }
  }

  private static void assertUnusable(boolean ofZone, String sentence, Zone zone)
      throws IOException {
    assertEquals(new DnsAnswer.Unusable(ofZone, sentence), ask(zone));
  }

  private static DnsAnswer ask(Zone zone) throws IOException {
    try (var server = serve(zone)) {
      return DnsJavaResolver.of(server.address(), System::nanoTime)
          .ask("a.test", RecordType.A, PATIENCE);
    }
  }

  private static HostileNameServer serve(Zone zone) throws IOException {
    return HostileNameServer.of(query -> {
      var answer =
          query.getQuestion().getType() == Type.A
              ? zone.answer(query)
              : HostileNameServer.to(query);
      return List.of(answer.toWire());
    });
  }

  private static String asked(Message query) {
    return query.getQuestion().getName().toString(true);
  }

  private static Record alias(String name, String target) {
    return new CNAMERecord(
        HostileNameServer.name(name), DClass.IN, 60, HostileNameServer.name(target));
  }

  private static Record address(String name) {
    return new ARecord(
        HostileNameServer.name(name), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1"));
  }

  private static Record authority() {
    var name = HostileNameServer.name("test");
    return new SOARecord(name, DClass.IN, 60, name, name, 1, 1, 1, 1, 1);
  }
}
