package io.postern.smtp.dns;

import io.postern.smtp.Printable;
import io.postern.smtp.dns.Resolver.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// Reads what the DNS says about one question, from alias to alias (RFC 1034 section 3.6.2). A
/// server that resolves sends all aliases at once; where one stops in between, the next name is
/// asked for.
final class AliasWalk {
  /// More lead nowhere: resolvers give up, too.
  static final int ALIASES_MAX = 16;

  /// So many names of a walk are told.
  private static final int TOLD_MAX = 4;

  private final SequencedSet<Name> path = new LinkedHashSet<>();
  private final RecordType type;

  AliasWalk(Name question, RecordType type) {
    path.add(question);
    this.type = type;
  }

  /// The name to ask for.
  Name owner() {
    return path.getLast();
  }

  /// @return null when the message ends at an alias: [#owner] is to be asked for
  @Nullable DnsAnswer read(Message answer) {
    var code = answer.getRcode();
    if (code == Rcode.NXDOMAIN) {
      return new DnsAnswer.NoName();
    }
    if (code != Rcode.NOERROR) {
      return new DnsAnswer.ServerFailed(Rcode.string(code));
    }
    var records = answer.getSection(Section.ANSWER);
    var begun = path.size();
    var astray = follow(records);
    if (astray != null) {
      return astray;
    }
    var values =
        records.stream()
            .filter(record -> record.getType() == Type.value(type.name()))
            .filter(record -> record.getName().equals(owner()))
            .map(AliasWalk::text)
            .toList();
    if (!values.isEmpty()) {
      return new DnsAnswer.Found(values, owner().toString(true));
    }
    return path.size() > begun && !has(answer, Type.SOA) ? null : nothing(answer, records);
  }

  /// @return what is wrong with the aliases, null when nothing is
  private DnsAnswer.@Nullable Unusable follow(List<Record> records) {
    for (var next = alias(records); next != null; next = alias(records)) {
      if (path.contains(next)) {
        return new DnsAnswer.Unusable(
            true, "The name is an alias that leads back to itself: " + told(next) + ".");
      }
      if (path.size() > ALIASES_MAX) {
        return new DnsAnswer.Unusable(
            true,
            "The name is an alias of an alias, more than %d times: %s."
                .formatted(ALIASES_MAX, told(next)));
      }
      path.add(next);
    }
    return null;
  }

  private @Nullable Name alias(List<Record> records) {
    for (var record : records) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner())) {
        return alias.getTarget();
      }
    }
    return null;
  }

  /// The name is there without such a record (RFC 2308 section 2.2), unless the answer is about
  /// other names or says only who else could be asked.
  private DnsAnswer nothing(Message answer, List<Record> records) {
    if (!records.isEmpty()
        && records.stream().noneMatch(record -> path.contains(record.getName()))) {
      return new DnsAnswer.Unusable(
          false,
          "The DNS server answers with records of %s, which was not asked for."
              .formatted(shown(records.getFirst().getName())));
    }
    var refers =
        records.isEmpty()
            && has(answer, Type.NS)
            && !has(answer, Type.SOA)
            && !answer.getHeader().getFlag(Flags.AA);
    return refers
        ? new DnsAnswer.Unusable(
            false,
            "The DNS server only says which others to ask; a machine needs one that looks names up for it.")
        : new DnsAnswer.NoData();
  }

  private static boolean has(Message answer, int type) {
    return answer.getSection(Section.AUTHORITY).stream()
        .anyMatch(record -> record.getType() == type);
  }

  private String told(Name last) {
    var names = new ArrayList<>(path.stream().limit(TOLD_MAX).map(AliasWalk::shown).toList());
    if (path.size() > TOLD_MAX) {
      names.add("...");
    }
    return Stream.concat(names.stream(), Stream.of(shown(last)))
        .collect(Collectors.joining(" -> "));
  }

  private static String shown(Name name) {
    return Printable.of(name.toString(true));
  }

  private static String text(Record record) {
    return switch (record) {
      case TXTRecord text -> Printable.of(String.join("", text.getStrings()));
      case MXRecord mx -> mx.getPriority() + " " + mx.getTarget().toString(true);
      default -> record.rdataToString();
    };
  }
}
