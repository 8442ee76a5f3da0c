package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Freshness;
import io.postern.console.platform.web.Proxies;
import io.postern.console.settings.InstanceSettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Accounts, passwords, sessions and links as beans.
@Configuration
class AccountsWiring {
  @Bean
  Accounts accounts(InstantSource clock, Uid uids) {
    return new Accounts(clock, uids);
  }

  @Bean
  PasswordHashes passwordHashes(PasswordCost cost, RandomGenerator random) {
    return new PasswordHashes(cost, random);
  }

  @Bean
  Throttle throttle(InstantSource clock) {
    return new Throttle(clock);
  }

  @Bean
  Sessions sessions(InstantSource clock, RandomGenerator random, Uid uids) {
    return new Sessions(clock, random, uids);
  }

  @Bean
  Links links(
      InstantSource clock,
      RandomGenerator random,
      Uid uids,
      SecretBox box,
      InstanceSettings instance) {
    return new Links(clock, random, uids, box, instance::baseUrl);
  }

  @Bean
  Passwords passwords(
      Accounts accounts, Sessions sessions, Links links, PasswordHashes hashes, Throttle throttle) {
    return new Passwords(accounts, sessions, links, hashes, throttle);
  }

  @Bean
  SignIn.Locks locks(Accounts accounts, PasswordHashes hashes, Throttle throttle) {
    return new SignIn.Locks(accounts, hashes, throttle);
  }

  @Bean
  SignIn signIn(Database database, SignIn.Locks locks, Audit audit, Freshness freshness) {
    return new SignIn(database, locks, audit, freshness);
  }

  @Bean
  SessionSignIn sessionSignIn(
      Database database,
      Sessions sessions,
      SessionSignIn.Factors factors,
      Cookies cookies,
      Proxies proxies) {
    return new SessionSignIn(database, sessions, factors, cookies, proxies);
  }

  @Bean
  LinkCookie linkCookie(Cookies cookies, Database database, Links links) {
    return new LinkCookie(cookies, database, links);
  }

  @Bean
  LoginPages.Doorkeeper doorkeeper(
      Database database, Audit audit, Bootstrap bootstrap, Proxies proxies) {
    return new LoginPages.Doorkeeper(database, audit, bootstrap, proxies);
  }

  @Bean
  LinkPages.PasswordLinks passwordLinks(SystemParts parts, Passwords passwords) {
    return new LinkPages.PasswordLinks(
        parts.database(),
        parts.accounts(),
        parts.links(),
        passwords,
        parts.audit(),
        parts.handovers());
  }

  @Bean
  Bootstrap.Chance chance(InstantSource clock, RandomGenerator random) {
    return new Bootstrap.Chance(clock, random);
  }

  @Bean
  Bootstrap bootstrap(
      Database database,
      Accounts accounts,
      Passwords passwords,
      Audit audit,
      Bootstrap.Chance chance) {
    return new Bootstrap(database, accounts, passwords, audit, chance);
  }

  @Bean
  BootstrapAtStart bootstrapAtStart(Bootstrap bootstrap, ProcessSettings settings) {
    bootstrap.unattended(settings);
    return new BootstrapAtStart();
  }

  /// Says that the unattended root account, if any, exists.
  record BootstrapAtStart() {}
}
