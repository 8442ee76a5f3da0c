package io.postern.console.cli;

import io.postern.console.platform.Surroundings;
import io.postern.console.platform.web.VerdictJson;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.ServerAddress;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `postern check HOST[:PORT]`: the ladder on the terminal. Exit status: 0 valid, 1 not, 2 the
/// options cannot be used.
@Command(
    name = "check",
    description = "Check an SMTP configuration: what works, where it breaks, why, and what to do.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int BUDGET_SECONDS_MAX = 600;
  private static final int PORT_MAX = 65_535;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      description = "the outgoing server; an IPv6 address with a port as [::1]:25")
  private String target = "";

  @Option(
      names = "--port",
      description =
          "the port; else the one in HOST:PORT; else 465 with --security tls and 587 without")
  private @Nullable Integer port;

  @Option(
      names = "--security",
      description =
          "auto, starttls, tls or none; auto: TLS from the first byte on ports 465 and 2465, elsewhere STARTTLS",
      defaultValue = "auto")
  private String security = "auto";

  @Option(names = "--username", description = "user name; without it nobody signs in")
  private String username = "";

  @Mixin private PasswordOptions passwordOptions = new PasswordOptions();

  @Option(
      names = "--mechanism",
      paramLabel = "NAME",
      description = "the one sign-in mechanism to use; default: the strongest offered")
  private String mechanism = "";

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "From Email, and the envelope sender of the check")
  private String from = "";

  @Option(names = "--to", paramLabel = "ADDRESS", description = "recipient of the check")
  private String to = "";

  @Option(
      names = "--depth",
      description =
          "login, envelope or message; default: message with --to, envelope with --from alone, else login")
  private @Nullable String depth;

  @Option(names = "--ca-file", paramLabel = "PEM", description = "further trust anchors")
  private @Nullable Path authorities;

  @Option(names = "--insecure-skip-tls-verify", description = "do not verify the certificate")
  private boolean insecure;

  @Option(names = "--ehlo", paramLabel = "NAME", description = "the name for EHLO")
  private String ehlo = "";

  @Option(
      names = "--resolver",
      paramLabel = "IP[:PORT]",
      description = "the DNS server to ask in place of the system's")
  private @Nullable String resolver;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "for the whole check, default 90",
      defaultValue = "90")
  private int timeout = 90;

  @Option(
      names = "--json",
      description = "one JSON object on standard output and nothing else there")
  private boolean json;

  @Option(names = "--no-color", description = "plain text even on a terminal")
  private boolean plain;

  @Override
  public Integer call() throws IOException {
    if (timeout < 1 || timeout > BUDGET_SECONDS_MAX) {
      throw usage("--timeout takes 1 to " + BUDGET_SECONDS_MAX + " seconds.");
    }
    var draft = draft();
    var out = command().commandLine().getOut();
    var printer = new LadderPrinter(out, Paper.of(System.getenv(), plain));
    var watch = json ? Watch.NOBODY : printer.watch();
    var network = SystemNetwork.of(resolverAddress());
    var verdict = new Check(network, Surroundings.ofThisProcess()).run(draft, watch);
    if (json) {
      out.println(VerdictJson.of(verdict));
    } else {
      printer.verdict(verdict);
    }
    out.flush();
    return verdict.isValid() ? 0 : 1;
  }

  /// Each value as it was given: what is checked may stand in a file that some program reads, and a
  /// blank there is a cause of its own.
  private Draft draft() throws IOException {
    var parts = port == null && !target.contains("://") ? ServerAddress.read(target) : null;
    var host = parts == null ? target : parts.host();
    var effective = parts == null ? port : Integer.valueOf(parts.port());
    if (effective != null && (effective < 1 || effective > PORT_MAX)) {
      throw usage("A port is a number from 1 to %d; %d is none.".formatted(PORT_MAX, effective));
    }
    return new Draft(
        host,
        effective,
        securityMode(),
        username,
        password(),
        pinned(),
        from,
        to,
        ehlo,
        trust(),
        depthWord(),
        "",
        Duration.ofSeconds(timeout));
  }

  private @Nullable PasswordMechanism pinned() {
    var pinned = PasswordMechanism.ofWord(mechanism.toUpperCase(Locale.ROOT));
    if (pinned == null && !mechanism.isEmpty()) {
      throw usage(
          Arrays.stream(PasswordMechanism.values())
              .map(PasswordMechanism::word)
              .collect(Collectors.joining(", ", "--mechanism takes one of ", ".")));
    }
    return pinned;
  }

  private @Nullable Security securityMode() {
    return switch (security) {
      case "auto" -> null;
      case "starttls" -> Security.STARTTLS;
      case "tls" -> Security.TLS;
      case "none" -> Security.NONE;
      default -> throw usage("--security takes auto, starttls, tls or none.");
    };
  }

  private @Nullable Depth depthWord() {
    var word = depth;
    if (word == null) {
      return null;
    }
    for (var each : Depth.values()) {
      if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw usage("--depth takes login, envelope or message.");
  }

  private Secret password() throws IOException {
    try {
      return passwordOptions.read(!username.isEmpty());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private Trust trust() {
    var file = authorities;
    return new Trust(file == null ? List.of() : certificates(file), insecure);
  }

  private List<X509Certificate> certificates(Path file) {
    try {
      return OptionFile.certificates("--ca-file", file);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private java.net.@Nullable InetSocketAddress resolverAddress() {
    var text = resolver;
    if (text == null) {
      return null;
    }
    try {
      return SystemNetwork.nameServer(text);
    } catch (IllegalArgumentException _) {
      // Not an address: said in our words.
      throw usage(
          "--resolver takes an IP address, with a port if need be: 192.0.2.53 or 127.0.0.1:5353.");
    }
  }

  private CommandSpec command() {
    return java.util.Objects.requireNonNull(spec);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(command().commandLine(), sentence);
  }
}
