package io.postern.console.settings;

import io.postern.console.platform.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of a file of egress rules: `allow` or `deny`, an address, a range of addresses or
/// `any`, and ports such as `25,587,8000-8100`; without ports, all of them.
///
/// @param line counted from 1
/// @param range null for any address
/// @param ports empty for any port
record EgressRule(int line, boolean allows, @Nullable Cidr range, List<Ports> ports) {
  private static final int PORT_MAX = 65_535;

  EgressRule {
    ports = List.copyOf(ports);
  }

  /// Ports from the first to the last, both included.
  record Ports(int first, int last) {}

  /// @throws IllegalArgumentException with what is wrong with the line, for the operator
  static EgressRule parse(int line, String text) {
    var words = text.strip().split("\\s+", 4);
    var verb = words[0].toLowerCase(Locale.ROOT);
    if (!verb.equals("allow") && !verb.equals("deny")) {
      throw new IllegalArgumentException("begins with \"%s\"; write allow or deny".formatted(verb));
    }
    if (words.length < 2 || words.length > 3) {
      throw new IllegalArgumentException(
          "takes the form: %s ADDRESS[/BITS]|any [PORT,FIRST-LAST,…]".formatted(verb));
    }
    return new EgressRule(
        line,
        verb.equals("allow"),
        words[1].equalsIgnoreCase("any") ? null : range(words[1]),
        words.length == 3 ? ports(words[2]) : List.of());
  }

  boolean fits(InetAddress address, int port) {
    return (range == null || range.contains(address))
        && (ports.isEmpty()
            || ports.stream().anyMatch(some -> some.first() <= port && port <= some.last()));
  }

  private static Cidr range(String word) {
    try {
      var range = Cidr.parse(word);
      var base = Cidr.unwrap(range.base());
      if (base.equals(range.base())) {
        return range;
      }
      // One address in disguise is the address; which range a disguised one means, nobody can say.
      if (range.bits() < Cidr.of(range.base()).bits()) {
        throw new IllegalArgumentException(word);
      }
      return Cidr.of(base);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "names \"%s\"; write an address such as 10.1.2.3, a range such as 10.0.0.0/8, or any"
              .formatted(word));
    }
  }

  private static List<Ports> ports(String word) {
    try {
      var all = new ArrayList<Ports>();
      for (var some : word.split(",", -1)) {
        var dash = some.indexOf('-');
        var first = number(dash < 0 ? some : some.substring(0, dash), PORT_MAX);
        var last = dash < 0 ? first : number(some.substring(dash + 1), PORT_MAX);
        if (first == 0 || last < first) {
          throw new IllegalArgumentException(some);
        }
        all.add(new Ports(first, last));
      }
      return all;
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "names the ports \"%s\"; write 1 to 65535, such as 587 or 25,465,8000-8100"
              .formatted(word));
    }
  }

  private static int number(String digits, int max) {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > max) {
      throw new IllegalArgumentException(digits);
    }
    return Integer.parseInt(digits);
  }
}
