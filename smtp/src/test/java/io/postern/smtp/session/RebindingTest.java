package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.postern.smtp.HostName;
import io.postern.smtp.Security;
import io.postern.smtp.diagnosis.Finding;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A DNS that leads elsewhere from one moment to the next leads nowhere that was not judged.
class RebindingTest {
  private final List<String> dialed = new ArrayList<>();
  private final List<DnsAnswer> answers = new ArrayList<>();

  @Test
  void R514_a_name_is_resolved_once_and_every_address_is_judged_before_it_is_dialed() {
    answers.add(new DnsAnswer.Found(List.of("192.0.2.25", "192.0.2.26"), "mx.test"));
    answers.add(new DnsAnswer.Found(List.of("127.0.0.1"), "mx.test"));

    var first = open();
    assertInstanceOf(Finding.ConnectFailed.class, first.failure().finding());
    assertEquals(List.of("192.0.2.25", "192.0.2.26"), dialed);

    var second = open();
    assertInstanceOf(Finding.EgressDenied.class, second.failure().finding());
    assertEquals(2, dialed.size());
  }

  private Submission.Opening.Failed open() {
    Resolver rebinding =
        (_, type, _) ->
            type == Resolver.RecordType.A ? answers.removeFirst() : new DnsAnswer.NoData();
    var network =
        new Network(rebinding, new Gate(), () -> Instant.EPOCH, System::nanoTime, new Random(7));
    var relay =
        new Relay(
            HostName.parse("mx.test"),
            587,
            Security.STARTTLS,
            Trust.publicAuthorities(),
            null,
            null,
            Patience.ofDelivery());
    return assertInstanceOf(
        Submission.Opening.Failed.class, Submission.open(relay, network, Watch.NOBODY));
  }

  /// Open for everything but this machine; nobody answers.
  private final class Gate implements Dialer {
    @Override
    public Socket dial(InetSocketAddress address, Duration within) throws IOException {
      if (address.getAddress().isLoopbackAddress()) {
        throw new EgressDeniedException("This machine is no mail server.", true);
      }
      dialed.add(address.getAddress().getHostAddress());
      throw new ConnectException("Connection refused");
    }

    @Override
    public Dialer chosenByPeer() {
      return this;
    }
  }
}
