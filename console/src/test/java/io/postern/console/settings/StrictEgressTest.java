package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Circumstances;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// under `--egress strict` a check tells nothing of what stands at a closed destination, by
/// its words or by its time.
final class StrictEgressTest {
  /// What a check of them could be used to find out: each is closed for another reason.
  private static final List<Destination> CLOSED =
      List.of(
          new Destination("10.1.2.3", 25),
          new Destination("169.254.169.254", 587),
          new Destination("127.0.0.1", 8080),
          new Destination("203.0.113.7", 5432),
          new Destination("203.0.113.25", 6379),
          new Destination("2001:db8::25", 6379),
          new Destination("fd00::1", 465),
          new Destination("inside.example.com", 6379),
          new Destination("no-such.example.com", 6379));

  private static final Circumstances NOWHERE = new Circumstances(false, List.of());

  private final List<String> asked = new ArrayList<>();

  private record Destination(String host, int port) {}

  @ParameterizedTest
  @CsvSource({
    "inside.example.com,6379",
    "outside.example.com,80",
    "no-such.example.com,22",
    "localhost,8080"
  })
  void R516_a_name_on_a_closed_port_is_not_looked_up(String host, int port) {
    assertThat(said("strict", new Destination(host, port))).isEqualTo(theAnswer());
    assertThat(asked).isEmpty();
  }

  @Test
  void R516_one_answer_is_given_for_every_closed_destination() {
    assertThat(theAnswer()).contains("The strict egress rules of this instance close this");
    assertThat(CLOSED).allSatisfy(each -> assertThat(said("strict", each)).isEqualTo(theAnswer()));
  }

  /// The DNS has to say where they lead, and nobody hears of it from Postern.
  @ParameterizedTest
  @CsvSource({"inside.example.com,25", "mixed.example.com,587", "linked.example.com,465"})
  void R516_what_a_name_leads_to_is_not_told_when_it_is_closed(String host, int port) {
    assertThat(said("strict", new Destination(host, port))).isEqualTo(theAnswer());
    assertThat(asked).contains(host);
  }

  @Test
  void R516_an_operator_is_told_the_address_and_the_reason() {
    assertThat(said("operator", new Destination("linked.example.com", 25)))
        .contains("169.254.169.254", "link-local");
    assertThat(said("operator", new Destination("203.0.113.7", 5432)))
        .contains("is the database of Postern");
  }

  /// 10,000 samples in turns; the requirement allows 5 ms between their means.
  @Test
  void R516_the_time_of_the_answer_does_not_tell_the_destinations_apart() {
    var rounds = 10_000 / CLOSED.size() + 1;
    var check = new Check(network("strict"), NOWHERE);
    var nanos = new long[CLOSED.size()];
    for (var warm = 0; warm < 100; warm++) {
      CLOSED.forEach(destination -> check.run(draft(destination), Watch.NOBODY));
    }
    for (var round = 0; round < rounds; round++) {
      for (var which = 0; which < nanos.length; which++) {
        var begin = System.nanoTime();
        check.run(draft(CLOSED.get(which)), Watch.NOBODY);
        nanos[which] += System.nanoTime() - begin;
      }
    }
    var means = Arrays.stream(nanos).map(sum -> sum / rounds).summaryStatistics();
    assertThat(Duration.ofNanos(means.getMax() - means.getMin()))
        .as("%s", means)
        .isLessThan(Duration.ofMillis(5));
    assertThat(asked).isEmpty();
  }

  private String theAnswer() {
    return said("strict", CLOSED.getFirst());
  }

  /// All that a caller gets, but for the milliseconds.
  private String said(String word, Destination destination) {
    return new Check(network(word), NOWHERE)
        .run(draft(destination), Watch.NOBODY)
        .toString()
        .replaceAll("millis=[0-9]+", "");
  }

  private Network network(String word) {
    var process =
        ProcessSettings.resolve(
            Map.of(
                Setting.EGRESS,
                word,
                Setting.DATABASE_URL,
                "postgresql://postern@203.0.113.7/postern"),
            Map.of());
    return new Network(
        this::answer,
        EgressGate.of(process, () -> 8080),
        () -> Instant.EPOCH,
        System::nanoTime,
        new Random(516));
  }

  private DnsAnswer answer(String name, Resolver.RecordType type, Duration within) {
    asked.add(name);
    if (type != Resolver.RecordType.A) {
      return new DnsAnswer.NoData();
    }
    return switch (name) {
      case "inside.example.com" -> new DnsAnswer.Found(List.of("10.1.2.3"), name);
      case "mixed.example.com" -> new DnsAnswer.Found(List.of("203.0.113.25", "10.1.2.3"), name);
      case "linked.example.com" -> new DnsAnswer.Found(List.of("169.254.169.254"), name);
      default -> new DnsAnswer.NoName();
    };
  }

  private static Draft draft(Destination destination) {
    return new Draft(
        destination.host(),
        destination.port(),
        Security.NONE,
        "",
        Secret.of(""),
        null,
        "",
        "",
        "",
        Trust.publicAuthorities(),
        null,
        "",
        Duration.ofSeconds(10));
  }
}
