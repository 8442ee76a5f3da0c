package io.postern.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.smtp.check.Check;
import io.postern.smtp.dns.DnsJavaResolver;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
  /// What a rehearsal does not reach is what the first validation has to load.
  @Test
  void a_rehearsal_goes_all_the_way_to_the_sign_in() throws Exception {
    var random = new SecureRandom();
    var clock = Clock.systemUTC();
    var network =
        new Network(
            DnsJavaResolver.ofSystem(System::nanoTime),
            new SystemDialer(),
            clock,
            System::nanoTime,
            random);

    var verdict = new Rehearsal(new Check(network), clock, random).play();

    assertThat(verdict.isValid()).as(verdict.toString()).isTrue();
    assertThat(verdict.proved()).singleElement().asString().startsWith("Signed in");
  }
}
