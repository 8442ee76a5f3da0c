package io.postern.smtp.auth;

import io.postern.smtp.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Chooses mechanisms in the order of R-230: SCRAM with channel binding, SCRAM, PLAIN, LOGIN,
/// CRAM-MD5.
public final class Mechanisms {
  private final List<String> offered;

  /// @param offered the words behind AUTH in the EHLO reply
  public Mechanisms(List<String> offered) {
    this.offered = offered.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
  }

  /// Those that can carry a password, the best first.
  public List<Mechanism> forPassword(
      String username, Secret password, @Nullable ChannelBinding binding) {
    var usable = new ArrayList<Mechanism>();
    var scram =
        offered.stream()
            .filter(name -> name.startsWith("SCRAM-SHA-1") || name.startsWith("SCRAM-SHA-256"))
            .toList();
    if (!scram.isEmpty()) {
      var mechanism = Scram.of(scram, username, password, binding);
      if (mechanism != null) {
        usable.add(mechanism);
      }
    }
    add(usable, "PLAIN", () -> new Plain(username, password));
    add(usable, "LOGIN", () -> new Login(username, password));
    add(usable, "CRAM-MD5", () -> new CramMd5(username, password));
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

  private void add(List<Mechanism> usable, String name, Supplier<Mechanism> mechanism) {
    if (offered.contains(name)) {
      usable.add(mechanism.get());
    }
  }
}
