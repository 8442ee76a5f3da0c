package io.postern.smtp.dns;

import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.Printable;
import io.postern.smtp.discovery.Discovery;
import io.postern.smtp.sender.SenderCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/// Whatever name servers answer, each look that asks them ends, after a bounded number of
/// questions, with words that are harmless to show.
///
/// The input is answers, each after its length in two octets; questions beyond them get the last.
public final class DnsFuzz implements Resolver {
  /// Of all looks together; a sender's report alone may ask sixty.
  private static final int QUESTIONS_MAX = 100;

  private final ByteBuffer input;
  private byte[] answer = {};
  private int asked;

  private DnsFuzz(byte[] input) {
    this.input = ByteBuffer.wrap(input);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    var relay = HostName.parse("relay.acme.example");
    var sender = Mailbox.parse("postern@acme.example");
    Addresses.lookUp(relay, new DnsFuzz(input), Duration.ofSeconds(1));
    for (var offer : new Discovery(new DnsFuzz(input)).offers(sender)) {
      demand(HostName.parse(offer.host()).ascii().equals(offer.host()), "a name");
      demand(offer.port() > 0 && offer.port() < 65536, "a port");
    }
    var resolver = new DnsFuzz(input);
    for (var point : new SenderCheck(resolver).report(sender, relay).points()) {
      harmless(point.sentence());
    }
  }

  @Override
  public DnsAnswer ask(String name, RecordType type, Duration within) {
    demand(++asked <= QUESTIONS_MAX, "an end of questions");
    if (input.remaining() > 2) {
      answer = new byte[Math.min(input.getShort() & 0xffff, input.remaining())];
      input.get(answer);
    }
    try {
      var walk = new AliasWalk(Name.fromString(name.endsWith(".") ? name : name + "."), type);
      var read = walk.read(new Message(answer));
      for (var i = 0; read == null; i++) {
        demand(i < AliasWalk.ALIASES_MAX, "an end of aliases");
        read = walk.read(new Message(answer));
      }
      if (read instanceof DnsAnswer.Unusable(_, var sentence)) {
        harmless(sentence);
      }
      if (read instanceof DnsAnswer.Found(var values, var canonical)) {
        values.forEach(DnsFuzz::harmless);
        harmless(canonical);
      }
      return read;
    } catch (IOException e) {
      return new DnsAnswer.NoServer(Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static void harmless(String words) {
    demand(words.codePoints().allMatch(Printable::isHarmless), "harmless: " + words);
  }

  private static void demand(boolean held, String what) {
    if (!held) {
      throw new AssertionError("broken: " + what);
    }
  }
}
