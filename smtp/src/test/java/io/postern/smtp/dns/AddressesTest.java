package io.postern.smtp.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.postern.smtp.HostName;
import io.postern.smtp.diagnosis.Finding;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// From a host to addresses, or to what the DNS said instead.
class AddressesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final DnsAnswer FOUR = new DnsAnswer.Found(List.of("192.0.2.1"), "mx.test");
  private static final DnsAnswer SIX = new DnsAnswer.Found(List.of("2001:db8::1"), "mx.test");
  private static final DnsAnswer NOTHING = new DnsAnswer.NoData();

  @Test
  void both_families_are_used_the_older_first() {
    assertEquals(List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"), found(FOUR, SIX));
    assertEquals(List.of("2001:db8:0:0:0:0:0:1"), found(NOTHING, SIX));
    assertEquals(List.of("192.0.2.1"), found(FOUR, new DnsAnswer.ServerFailed("SERVFAIL")));
  }

  @Test
  void an_address_is_its_own_address_and_nobody_is_asked() {
    var result =
        Addresses.lookUp(
            HostName.parse("192.0.2.7"),
            (_, _, _) -> {
              throw new AssertionError("asked");
            },
            PATIENCE);
    var addresses = assertInstanceOf(Addresses.Result.Found.class, result).addresses();
    assertEquals("192.0.2.7", addresses.getFirst().getHostAddress());
  }

  @Test
  void R530_eight_addresses_are_tried_and_no_more() {
    for (var count : new int[] {7, 8, 9, 200}) {
      var many =
          new DnsAnswer.Found(
              IntStream.range(0, count).mapToObj(i -> "192.0.2." + i).toList(), "mx.test");
      assertEquals(Math.min(count, 8), found(many, NOTHING).size());
    }
  }

  @Test
  void what_is_missing_is_told() {
    assertInstanceOf(
        Finding.NameNotFound.class, missing(new DnsAnswer.NoName(), new DnsAnswer.NoName()));
    assertInstanceOf(Finding.NoAddress.class, missing(NOTHING, NOTHING));
    assertInstanceOf(
        Finding.ResolverUnreachable.class,
        missing(new DnsAnswer.NoServer("timeout"), new DnsAnswer.NoServer("timeout")));
    assertEquals(
        new Finding.ZoneFails("mx.test", "SERVFAIL"),
        missing(new DnsAnswer.ServerFailed("SERVFAIL"), NOTHING));
  }

  @Test
  void a_failure_explains_more_than_an_absent_record() {
    assertEquals(
        new Finding.ZoneFails("mx.test", "REFUSED"),
        missing(NOTHING, new DnsAnswer.ServerFailed("REFUSED")));
    var odd = new DnsAnswer.Unusable(true, "It leads back to itself.");
    var finding = new Finding.AnswerUnusable("mx.test", true, "It leads back to itself.");
    assertEquals(finding, missing(NOTHING, odd));
    assertEquals(finding, missing(odd, NOTHING));
  }

  private static List<String> found(DnsAnswer four, DnsAnswer six) {
    return assertInstanceOf(Addresses.Result.Found.class, lookUp(four, six)).addresses().stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static Finding missing(DnsAnswer four, DnsAnswer six) {
    return assertInstanceOf(Addresses.Result.Missing.class, lookUp(four, six)).finding();
  }

  private static Addresses.Result lookUp(DnsAnswer four, DnsAnswer six) {
    return Addresses.lookUp(
        HostName.parse("mx.test"),
        (_, type, _) -> type == Resolver.RecordType.A ? four : six,
        PATIENCE);
  }
}
