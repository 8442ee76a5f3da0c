package io.postern.smtp.dns;

import io.postern.smtp.Printable;
import io.postern.smtp.wire.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/// Asks name servers through dnsjava, without a cache: a check must see what is so now.
public final class DnsJavaResolver implements Resolver {
  /// Asked for with EDNS: what passes most networks in one piece (DNS flag day 2020).
  private static final int UDP_OCTETS = 1232;

  private static final int CNAMES_MAX = 8;

  private final NameServers servers;
  private final boolean hostsFile;
  private final LongSupplier ticks;

  private DnsJavaResolver(List<InetSocketAddress> servers, boolean hostsFile, LongSupplier ticks) {
    this.servers = new NameServers(servers, ticks);
    this.hostsFile = hostsFile;
    this.ticks = ticks;
  }

  /// The system's name servers, its hosts file first.
  ///
  /// @param ticks monotonic nanoseconds
  public static DnsJavaResolver ofSystem(LongSupplier ticks) {
    return new DnsJavaResolver(ResolverConfig.getCurrentConfig().servers(), true, ticks);
  }

  /// One given name server; the hosts file is not read.
  ///
  /// @param ticks monotonic nanoseconds
  public static DnsJavaResolver of(InetSocketAddress server, LongSupplier ticks) {
    return new DnsJavaResolver(List.of(server), false, ticks);
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
      var question = Name.fromString(name.endsWith(".") ? name : name + ".");
      return read(send(question, type, within), question, type);
    } catch (TextParseException _) {
      // What cannot be a name has no records.
      return new DnsAnswer.NoName();
    } catch (IOException e) {
      return new DnsAnswer.NoServer(Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private Message send(Name question, RecordType type, Duration within) throws IOException {
    var query = Message.newQuery(Record.newRecord(question, Type.value(type.name()), DClass.IN));
    query.addRecord(new OPTRecord(UDP_OCTETS, 0, 0), Section.ADDITIONAL);
    return servers.ask(query, Deadline.after(within, ticks));
  }

  static DnsAnswer read(Message answer, Name question, RecordType type) {
    var code = answer.getRcode();
    if (code == Rcode.NXDOMAIN) {
      return new DnsAnswer.NoName();
    }
    if (code != Rcode.NOERROR) {
      return new DnsAnswer.ServerFailed(Rcode.string(code));
    }
    var records = answer.getSection(Section.ANSWER);
    var owner = question;
    for (var i = 0; i < CNAMES_MAX; i++) {
      var target = alias(records, owner);
      if (target == null) {
        break;
      }
      owner = target;
    }
    var values = new ArrayList<String>();
    for (var record : records) {
      if (record.getType() == Type.value(type.name()) && record.getName().equals(owner)) {
        values.add(text(record));
      }
    }
    return values.isEmpty()
        ? new DnsAnswer.NoData()
        : new DnsAnswer.Found(values, owner.toString(true));
  }

  private static @org.jspecify.annotations.Nullable Name alias(List<Record> records, Name owner) {
    for (var record : records) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
        return alias.getTarget();
      }
    }
    return null;
  }

  private static String text(Record record) {
    return switch (record) {
      case TXTRecord text -> Printable.of(String.join("", text.getStrings()));
      case MXRecord mx -> mx.getPriority() + " " + mx.getTarget().toString(true);
      default -> record.rdataToString();
    };
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
