package io.postern.smtp.auth;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses mechanisms in the order of R-230: SCRAM with channel binding, SCRAM, PLAIN, LOGIN,
/// CRAM-MD5.
public final class Mechanisms {
  private static final Set<String> SCRAM =
      Set.of("SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS");

  /// 144 bits; RFC 5802 leaves the length open.
  private static final int NONCE_OCTETS = 18;

  private final List<String> offered;
  private final RandomGenerator random;

  /// @param offered the words behind AUTH in the EHLO reply
  /// @param random for the nonce of SCRAM; must be unpredictable outside of tests
  public Mechanisms(List<String> offered, RandomGenerator random) {
    this.offered = offered.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    this.random = random;
  }

  /// Those that can carry a password, the best first.
  public List<Mechanism> forPassword(
      String username, Secret password, @Nullable ChannelBinding binding) {
    var usable = new ArrayList<Mechanism>();
    var scram = scram(username, password, binding);
    if (scram != null) {
      usable.add(scram);
    }
    add(usable, "PLAIN", () -> new Plain(username, password));
    add(usable, "LOGIN", () -> new Login(username, password));
    add(usable, "CRAM-MD5", () -> new CramMd5(username, password));
    return usable;
  }

  /// The one mechanism that was chosen, whatever else is offered; empty when the server does not
  /// offer it or it cannot be bound to this connection. SCRAM without binding by choice says that
  /// the client knows none (flag `n`) where the server offers it: else it would take that for an
  /// attack.
  public List<Mechanism> pinned(
      PasswordMechanism pinned,
      String username,
      Secret password,
      @Nullable ChannelBinding binding) {
    var name = pinned.word();
    var usable = new ArrayList<Mechanism>();
    switch (pinned) {
      case PLAIN -> add(usable, name, () -> new Plain(username, password));
      case LOGIN -> add(usable, name, () -> new Login(username, password));
      case CRAM_MD5 -> add(usable, name, () -> new CramMd5(username, password));
      case SCRAM_SHA_256_PLUS, SCRAM_SHA_1_PLUS, SCRAM_SHA_256, SCRAM_SHA_1 -> {
        var one = List.of(name);
        var bound = binds(name) || offered.stream().noneMatch(Mechanisms::binds);
        if (isUsable(one, binding)) {
          add(
              usable,
              name,
              () -> Scram.of(one, username, password, bound ? binding : null, nonce()));
        }
      }
    }
    return usable;
  }

  /// Those that can carry an access token.
  public List<Mechanism> forToken(String username, Secret token, String host, int port) {
    var usable = new ArrayList<Mechanism>();
    add(usable, "OAUTHBEARER", () -> Bearer.oauthBearer(username, token, host, port));
    add(usable, "XOAUTH2", () -> Bearer.xoauth2(username, token));
    return usable;
  }

  public List<Mechanism> external() {
    var usable = new ArrayList<Mechanism>();
    add(usable, "EXTERNAL", External::new);
    return usable;
  }

  /// SHA-256 before SHA-1, with or without binding. Where only the weaker hash could be bound,
  /// there is no binding and no claim that the server knows none (flag `n`): it would take that for
  /// an attack.
  private @Nullable Scram scram(
      String username, Secret password, @Nullable ChannelBinding binding) {
    var all = offered.stream().filter(SCRAM::contains).toList();
    var best = all.stream().filter(name -> name.startsWith("SCRAM-SHA-256")).toList();
    if (isUsable(best, binding)) {
      var elsewhere = all.stream().anyMatch(Mechanisms::binds);
      var bound = best.stream().anyMatch(Mechanisms::binds) || !elsewhere;
      return Scram.of(best, username, password, bound ? binding : null, nonce());
    }
    var rest = all.stream().filter(name -> !best.contains(name)).toList();
    return isUsable(rest, binding) ? Scram.of(rest, username, password, binding, nonce()) : null;
  }

  private static boolean isUsable(List<String> names, @Nullable ChannelBinding binding) {
    return names.stream().anyMatch(name -> binding != null || !binds(name));
  }

  private static boolean binds(String mechanism) {
    return mechanism.endsWith("-PLUS");
  }

  private String nonce() {
    var octets = new byte[NONCE_OCTETS];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }

  private void add(List<Mechanism> usable, String name, Supplier<Mechanism> mechanism) {
    if (offered.contains(name)) {
      usable.add(mechanism.get());
    }
  }
}
