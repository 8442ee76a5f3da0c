package io.postern.smtp.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.dns.Resolver.RecordType;
import io.postern.smtp.sender.SenderReport.Point;
import io.postern.smtp.sender.SenderReport.Standing;
import io.postern.smtp.sender.SenderReport.Topic;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// over a zone in memory.
class SenderCheckTest {
  private final Map<String, DnsAnswer> zone = new HashMap<>();
  private int asked;
  private final Resolver resolver =
      (name, type, _) -> {
        asked++;
        return zone.getOrDefault(name + " " + type, new DnsAnswer.NoName());
      };

  SenderCheckTest() {
    has("acme.example MX", "10 mx.acme.example.");
    has("relay.acme.example A", "192.0.2.7");
    has("iana.org A", "192.0.2.8");
  }

  @Test
  void R280_a_domain_that_is_not_there_ends_the_report() {
    zone.remove("acme.example MX");
    var report = report("relay.acme.example");
    assertEquals(1, report.points().size());
    assertEquals(Standing.BROKEN, report.points().getFirst().standing());
  }

  @Test
  void R280_a_resolver_to_which_nothing_exists_is_no_verdict() {
    zone.remove("acme.example MX");
    zone.remove("iana.org A");
    var point = point(Topic.DOMAIN, "relay.acme.example");
    assertEquals(Standing.OPEN, point.standing());
    assertTrue(point.sentence().contains("mend the DNS first"));
  }

  @Test
  void R280_null_mx_is_no_sender() {
    has("acme.example MX", "0 .");
    assertTrue(point(Topic.DOMAIN, "relay.acme.example").sentence().contains("null MX"));
  }

  @Test
  void R280_name_servers_that_fail_are_no_verdict() {
    zone.put("acme.example MX", new DnsAnswer.ServerFailed("SERVFAIL"));
    assertEquals(Standing.OPEN, point(Topic.DOMAIN, "relay.acme.example").standing());
  }

  @Test
  void R281_the_include_of_the_provider_speaks_for_it_at_any_depth() {
    has("acme.example TXT", "v=spf1 include:a.example -all");
    has("a.example TXT", "v=spf1 include:_spf.google.com ~all");
    has("_spf.google.com TXT", "v=spf1 ip4:192.0.2.0/28 ~all");
    assertEquals(Standing.GOOD, point(Topic.SPF, "smtp.gmail.com").standing());
  }

  @Test
  void R281_without_the_include_the_record_to_publish_is_named() {
    has("acme.example TXT", "v=spf1 mx -all");
    var point = point(Topic.SPF, "smtp.gmail.com");
    assertEquals(Standing.WARNED, point.standing());
    assertTrue(point.sentence().contains("likely"), point.sentence());
    assertTrue(point.publish().contains("include:_spf.google.com"), point.publish());
  }

  @Test
  void R281_an_own_relay_is_found_by_its_address() {
    has("acme.example TXT", "v=spf1 ip4:192.0.2.0/29 -all");
    assertEquals(Standing.GOOD, point(Topic.SPF, "relay.acme.example").standing());
    has("acme.example TXT", "v=spf1 ip4:192.0.2.0/30 -all");
    assertEquals(Standing.WARNED, point(Topic.SPF, "relay.acme.example").standing());
    has("acme.example TXT", "v=spf1 a:relay.acme.example -all");
    assertEquals(Standing.GOOD, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R281_the_address_of_an_own_relay_is_the_record_to_publish_if_receivers_see_it() {
    has("acme.example TXT", "v=spf1 ip4:198.51.100.9 -all");
    var publish = point(Topic.SPF, "relay.acme.example").publish();
    assertTrue(publish.startsWith("add ip4:192.0.2."), publish);
    for (var inside : List.of("127.0.0.1", "10.1.2.3", "192.168.1.1", "fd00::1", "fe80::1")) {
      assertEquals("", point(Topic.SPF, inside).publish(), inside);
    }
  }

  @Test
  void R283_where_spf_does_not_pass_a_strict_policy_rests_on_dkim() {
    has("acme.example TXT", "v=spf1 ip4:198.51.100.9 -all");
    has("_dmarc.acme.example TXT", "v=DMARC1; p=reject; aspf=s");
    var rests = point(Topic.DMARC, "relay.acme.example");
    assertEquals(Standing.WARNED, rests.standing());
    assertTrue(
        rests.sentence().contains("unless the relay signs for the domain with DKIM"),
        rests.sentence());
    has("_dmarc.acme.example TXT", "v=DMARC1; p=none");
    assertEquals(Standing.GOOD, point(Topic.DMARC, "relay.acme.example").standing());
  }

  @Test
  void R281_two_records_are_none() {
    has("acme.example TXT", "v=spf1 mx -all", "v=spf1 a -all");
    assertEquals(Standing.BROKEN, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R281_ten_lookups_are_allowed_and_eleven_are_not() {
    has("acme.example TXT", "v=spf1 " + includes(SpfWalk.LOOKUPS_MAX) + "-all");
    assertEquals(Standing.WARNED, point(Topic.SPF, "relay.acme.example").standing());
    has("acme.example TXT", "v=spf1 " + includes(SpfWalk.LOOKUPS_MAX + 1) + "-all");
    assertEquals(Standing.BROKEN, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R281_two_names_may_be_missing_and_three_may_not() {
    has("acme.example TXT", "v=spf1 ip4:192.0.2.7 include:v0.example include:v1.example -all");
    assertEquals(Standing.GOOD, point(Topic.SPF, "relay.acme.example").standing());
    has(
        "acme.example TXT",
        "v=spf1 ip4:192.0.2.7 include:v0.example include:v1.example include:v2.example -all");
    assertEquals(Standing.WARNED, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R281_records_that_include_each_other_end_and_are_broken() {
    has("acme.example TXT", "v=spf1 include:b.example -all");
    has("b.example TXT", "v=spf1 include:ACME.example. -all");
    var both = point(Topic.SPF, "relay.acme.example");
    assertEquals(Standing.BROKEN, both.standing());
    assertTrue(
        both.sentence().contains("circle: acme.example → b.example → acme.example."),
        both.sentence());
    assertTrue(
        both.sentence().endsWith("Take include:acme.example. out of the record of b.example."),
        both.sentence());
    assertTrue(asked < Questions.MAX, "asked " + asked);
    has("b.example TXT", "v=spf1 redirect=b.example");
    var inner = point(Topic.SPF, "relay.acme.example").sentence();
    assertTrue(inner.contains("b.example → b.example."), inner);
    assertTrue(inner.endsWith("Take redirect=b.example out of the record of b.example."), inner);
  }

  @Test
  void R281_who_is_named_before_the_circle_passes() {
    has("acme.example TXT", "v=spf1 ip4:192.0.2.7 include:acme.example -all");
    var named = point(Topic.SPF, "relay.acme.example");
    assertEquals(Standing.WARNED, named.standing());
    assertTrue(named.sentence().contains("unless a term before it"), named.sentence());
  }

  @Test
  void R281_what_all_makes_idle_is_not_walked() {
    has("acme.example TXT", "v=spf1 ip4:192.0.2.7 -all include:acme.example");
    assertEquals(Standing.GOOD, point(Topic.SPF, "relay.acme.example").standing());
    has("acme.example TXT", "v=spf1 redirect=acme.example ip4:192.0.2.7 -all");
    assertEquals(Standing.GOOD, point(Topic.SPF, "relay.acme.example").standing());
    has("acme.example TXT", "v=spf1 redirect=acme.example ip4:192.0.2.7");
    assertEquals(Standing.WARNED, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void each_question_is_asked_once() {
    has("b.example TXT", "v=spf1 -all");
    var questions = new Questions(resolver);
    var first = questions.ask("b.example", RecordType.TXT);
    assertEquals(first, questions.ask("b.example", RecordType.TXT));
    assertEquals(1, asked);
  }

  @Test
  void R281_a_record_that_is_included_twice_costs_twice() {
    has("acme.example TXT", "v=spf1 include:b.example include:b.example -all");
    has("b.example TXT", "v=spf1 " + includes(SpfWalk.LOOKUPS_MAX / 2 - 1) + "-all");
    assertEquals(Standing.WARNED, point(Topic.SPF, "relay.acme.example").standing());
    has("b.example TXT", "v=spf1 " + includes(SpfWalk.LOOKUPS_MAX / 2) + "-all");
    assertEquals(Standing.BROKEN, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R281_what_depends_on_each_mail_is_not_judged() {
    has("acme.example TXT", "v=spf1 exists:%{i}.spf.acme.example -all");
    assertEquals(Standing.OPEN, point(Topic.SPF, "relay.acme.example").standing());
  }

  @Test
  void R282_the_usual_names_of_the_provider_are_tried() {
    has("google._domainkey.acme.example TXT", "v=DKIM1; k=rsa; p=MIIB");
    assertEquals(Standing.GOOD, point(Topic.DKIM, "smtp.gmail.com").standing());
    zone.remove("google._domainkey.acme.example TXT");
    assertEquals(Standing.WARNED, point(Topic.DKIM, "smtp.gmail.com").standing());
    assertEquals(Standing.OPEN, point(Topic.DKIM, "relay.acme.example").standing());
  }

  @Test
  void R283_the_policy_of_a_parent_holds_with_sp() {
    has("sub.acme.example MX", "10 mx.acme.example.");
    has("_dmarc.acme.example TXT", "v=DMARC1; p=reject; sp=quarantine");
    var report =
        new SenderCheck(resolver)
            .report(Mailbox.parse("you@sub.acme.example"), HostName.parse("relay.acme.example"));
    var sentence = of(report, Topic.DMARC).sentence();
    assertTrue(sentence.startsWith("Policy quarantine, published at acme.example."), sentence);
  }

  @Test
  void R283_two_records_count_as_none_and_none_gets_one_to_publish() {
    has("_dmarc.acme.example TXT", "v=DMARC1; p=none", "v=DMARC1; p=reject");
    assertEquals(Standing.BROKEN, point(Topic.DMARC, "relay.acme.example").standing());
    zone.remove("_dmarc.acme.example TXT");
    assertTrue(
        point(Topic.DMARC, "relay.acme.example").publish().startsWith("_dmarc.acme.example TXT"));
  }

  @Test
  void R283_the_walk_asks_eight_times_at_most() {
    var name = "a.b.c.d.e.f.g.h.i.j.example";
    var walk = Dmarc.walk(name, new Questions(resolver));
    assertTrue(walk instanceof Dmarc.Walk.None);
    assertEquals(Dmarc.WALK_MAX, asked);
  }

  @Test
  void R283_tags_that_are_gone_are_said() {
    has("_dmarc.acme.example TXT", "v=DMARC1; p=none; pct=20");
    assertEquals(Standing.WARNED, point(Topic.DMARC, "relay.acme.example").standing());
  }

  @Test
  void ranges_end_at_their_last_bit() throws Exception {
    assertTrue(Range.holds("192.0.2.0/29", InetAddress.ofLiteral("192.0.2.7")));
    assertFalse(Range.holds("192.0.2.0/29", InetAddress.ofLiteral("192.0.2.8")));
    assertTrue(Range.holds("2001:db8::/32", InetAddress.ofLiteral("2001:db8:ffff::1")));
    assertFalse(Range.holds("192.0.2.0/33", InetAddress.ofLiteral("192.0.2.0")));
    assertFalse(Range.holds("not-a-range", InetAddress.ofLiteral("192.0.2.0")));
  }

  /// Terms that each need a lookup, of a host that is there and is not the relay.
  private String includes(int count) {
    has("other.acme.example A", "198.51.100.1");
    return "a:other.acme.example ".repeat(count);
  }

  private Point point(Topic topic, String relay) {
    return of(report(relay), topic);
  }

  private static Point of(SenderReport report, Topic topic) {
    return report.points().stream().filter(each -> each.topic() == topic).findFirst().orElseThrow();
  }

  private SenderReport report(String relay) {
    return new SenderCheck(resolver)
        .report(Mailbox.parse("you@acme.example"), HostName.parse(relay));
  }

  private void has(String question, String... values) {
    zone.put(
        question,
        new DnsAnswer.Found(List.of(values), question.substring(0, question.indexOf(' '))));
  }
}
