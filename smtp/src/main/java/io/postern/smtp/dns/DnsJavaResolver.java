package io.postern.smtp.dns;

import io.postern.smtp.Printable;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/// Asks name servers through dnsjava, without a cache: a check must see what is so now.
public final class DnsJavaResolver implements Resolver {
  /// Asked for with EDNS: what passes most networks in one piece (DNS flag day 2020).
  private static final int UDP_OCTETS = 1232;

  private static final int PORT = 53;

  private final NameServers servers;
  private final boolean hostsFile;
  private final String named;
  private final LongSupplier ticks;

  private DnsJavaResolver(NameServers servers, String named, LongSupplier ticks) {
    this.servers = servers;
    this.hostsFile = named.isEmpty();
    this.named = named;
    this.ticks = ticks;
  }

  /// The system's name servers, its hosts file first.
  ///
  /// @param ticks monotonic nanoseconds
  public static DnsJavaResolver ofSystem(LongSupplier ticks) {
    var servers = ResolverConfig.getCurrentConfig().servers();
    return new DnsJavaResolver(new NameServers(servers, ticks), "", ticks);
  }

  /// One given name server; the hosts file is not read.
  ///
  /// @param ticks monotonic nanoseconds
  public static DnsJavaResolver of(InetSocketAddress server, LongSupplier ticks) {
    return new DnsJavaResolver(new NameServers(List.of(server), ticks), shown(server), ticks);
  }

  @Override
  public DnsAnswer ask(String name, RecordType type, Duration within) {
    try {
      var question = Name.fromString(name.endsWith(".") ? name : name + ".");
      var local = hostsFile ? fromHostsFile(question, type) : List.<String>of();
      return local.isEmpty() ? askServers(name, type, within) : new DnsAnswer.Found(local, name);
    } catch (TextParseException _) {
      // What cannot be a name has no records.
      return new DnsAnswer.NoName();
    }
  }

  @Override
  public List<String> local(String name) {
    try {
      var question = Name.fromString(name.endsWith(".") ? name : name + ".");
      return !hostsFile
          ? List.of()
          : Stream.of(RecordType.A, RecordType.AAAA)
              .flatMap(type -> fromHostsFile(question, type).stream())
              .toList();
    } catch (TextParseException _) {
      // What cannot be a name stands in no hosts file.
      return List.of();
    }
  }

  @Override
  public DnsAnswer askServers(String name, RecordType type, Duration within) {
    try {
      var walk = new AliasWalk(Name.fromString(name.endsWith(".") ? name : name + "."), type);
      var deadline = Deadline.after(within, ticks);
      DnsAnswer answer;
      do {
        answer = walk.read(send(walk.owner(), type, deadline));
      } while (answer == null);
      return answer;
    } catch (TextParseException _) {
      // What cannot be a name has no records.
      return new DnsAnswer.NoName();
    } catch (UnusableAnswerException e) {
      return new DnsAnswer.Unusable(false, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new DnsAnswer.NoServer(Printable.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public String named() {
    return named;
  }

  private Message send(Name question, RecordType type, Deadline deadline) throws IOException {
    var query = Message.newQuery(Record.newRecord(question, Type.value(type.name()), DClass.IN));
    query.addRecord(new OPTRecord(UDP_OCTETS, 0, 0), Section.ADDITIONAL);
    return servers.ask(query, deadline);
  }

  private static String shown(InetSocketAddress server) {
    var address = server.getAddress().getHostAddress();
    if (server.getPort() == PORT) {
      return address;
    }
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + server.getPort();
  }

  private static List<String> fromHostsFile(Name name, RecordType type) {
    if (type != RecordType.A && type != RecordType.AAAA) {
      return List.of();
    }
    try {
      return new HostsFileParser()
          .getAddressForHost(name, Type.value(type.name())).stream()
              .map(address -> address.getHostAddress())
              .toList();
    } catch (IOException _) {
      // No hosts file: the name servers decide.
      return List.of();
    }
  }
}
