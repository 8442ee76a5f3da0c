package io.postern.smtp.probe;

import io.postern.smtp.Mailbox;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.diagnosis.Observation.Domain.Role;
import io.postern.smtp.diagnosis.Observation.FirstWords;
import io.postern.smtp.diagnosis.Rulebook;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts the probes, each under its name, so that none runs twice.
final class Looks {
  private final Tasks tasks;
  private final Names names;
  private final Consumer<Stage> giveUp;

  /// @param giveUp ends the wait of a stage that is explained
  Looks(Tasks tasks, Names names, Consumer<Stage> giveUp) {
    this.tasks = tasks;
    this.names = names;
    this.giveUp = giveUp;
  }

  /// The family that the session did not take: whether there is a way at all.
  void otherFamily(Site site) {
    var peer = site.peer();
    if (peer == null) {
      return;
    }
    var six = peer instanceof Inet6Address;
    site.addresses().stream()
        .filter(address -> address instanceof Inet6Address != six)
        .findFirst()
        .ifPresent(address ->
            tasks.start("other-family", () -> new Ports(site).own(address, site.port())));
  }

  /// Whether the name of this machine leads back to it; only who hands mail to an exchanger is
  /// asked for one, and only a public address has one.
  void reverseName(Site site, InetAddress local) {
    if (site.port() == 25
        && site.subject().relay().credentials() == null
        && Names.isPublic(local)) {
      tasks.start("reverse-name", () -> names.reverse(local));
    }
  }

  void siblings(Site site) {
    for (var port : Ports.SIBLINGS) {
      if (port != site.port() && port != Ports.WEB) {
        tasks.start("sibling-" + port, () -> new Approaches(site).sibling(port));
      }
    }
  }

  /// Not at the public providers: there nobody is taken without a sign-in.
  void anonymous(Site site) {
    if (Anonymous.tells(site.subject()) && Rulebook.ofHost(site.subject().host().ascii()) == null) {
      tasks.start("anonymous", () -> new Anonymous(site).look());
    }
  }

  void lookup(Site site) {
    for (var name : Names.known()) {
      tasks.start("name-" + name, () -> names.known(name));
    }
    var host = site.subject().host();
    if (!host.isAddress()) {
      tasks.start("domain-host", () -> names.domain(Role.HOST, host.ascii()));
      var parent = Names.parent(host.ascii());
      if (!parent.isEmpty()) {
        tasks.start("domain-parent", () -> names.domain(Role.PARENT, parent));
      }
    }
  }

  /// Whether the name leads to the right machine.
  void place(Site site) {
    var host = site.subject().host();
    if (!host.isAddress()) {
      var impossible = Names.impossible(site.network().random());
      tasks.start("impossible-name", () -> names.impossible(impossible));
      tasks.start("hosts-file", () -> names.local(host.ascii()));
    }
  }

  void domains(Site site) {
    domain(Role.SENDER, site.subject().from());
    domain(Role.RECIPIENT, site.subject().to());
  }

  private void domain(Role role, @Nullable Mailbox mailbox) {
    if (mailbox != null) {
      var name = mailbox.domain().ascii();
      tasks.start("domain-" + role.name().toLowerCase(Locale.ROOT), () -> names.domain(role, name));
    }
  }

  void reach(Site site) {
    var ports = new Ports(site);
    for (var six : new boolean[] {false, true}) {
      site.addresses().stream()
          .filter(address -> address instanceof Inet6Address == six)
          .findFirst()
          .ifPresent(address ->
              Ports.SIBLINGS.stream()
                  .filter(port -> port != site.port())
                  .forEach(port ->
                      tasks.start(
                          "port-" + port + (six ? "-six" : ""), () -> ports.own(address, port))));
    }
    var mail = Ports.comparable(site.port());
    var host = Ports.unrelatedMail(site.subject().host().ascii(), mail);
    tasks.start("unrelated-mail", () -> ports.elsewhere(host, mail));
    for (var web : Ports.unrelatedWeb()) {
      tasks.start("unrelated-" + web, () -> ports.elsewhere(web, Ports.WEB));
    }
  }

  void listen(Site site, BooleanSupplier waits) {
    tasks.start(
        "first-words",
        () -> {
          var approaches = new Approaches(site);
          var all = new ArrayList<Observation>();
          var seen = approaches.silently(waits);
          all.add(seen);
          if (seen.ending() == FirstWords.Ending.SPOKE) {
            giveUp.accept(Stage.TLS);
          }
          if (seen.first().startsWith("220")) {
            all.addAll(approaches.inTheClear());
          }
          return all;
        });
  }

  void offerTls(Site site, BooleanSupplier waits) {
    tasks.start(
        "tls-offer",
        () -> {
          var seen = new Approaches(site).withTls(waits);
          // Where the session is inside TLS itself, a greeting to the second connection says
          // nothing.
          if (seen.isTls() && (!site.isTlsFromTheStart() || !seen.application().isEmpty())) {
            giveUp.accept(Stage.BANNER);
          }
          return List.of(seen);
        });
  }
}
