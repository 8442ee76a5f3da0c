package io.postern.smtp.dns;

import io.postern.smtp.Printable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/// Asks name servers through dnsjava, without a cache: a check must see what is so now.
public final class DnsJavaResolver implements Resolver {
  private static final int CNAMES_MAX = 8;

  private final List<InetSocketAddress> servers;
  private final boolean hostsFile;

  private DnsJavaResolver(List<InetSocketAddress> servers, boolean hostsFile) {
    this.servers = List.copyOf(servers);
    this.hostsFile = hostsFile;
  }

  /// The system's name servers, its hosts file first.
  public static DnsJavaResolver ofSystem() {
    return new DnsJavaResolver(ResolverConfig.getCurrentConfig().servers(), true);
  }

  /// One given name server; the hosts file is not read.
  public static DnsJavaResolver of(InetSocketAddress server) {
    return new DnsJavaResolver(List.of(server), false);
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
    if (servers.size() == 1) {
      var resolver = new SimpleResolver(servers.getFirst());
      resolver.setTimeout(within);
      return resolver.send(query);
    }
    var resolvers = servers.stream().map(SimpleResolver::new).toArray(SimpleResolver[]::new);
    var resolver = new ExtendedResolver(resolvers);
    resolver.setTimeout(within);
    resolver.setRetries(1);
    return resolver.send(query);
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
