package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.FormerRelay;
import io.postern.console.outbox.Mails;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.settings.RelaySettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What owners do with their own accounts, as beans.
@Configuration
class MyAccountWiring {
  /// What comes from other rooms to write a letter.
  record Post(Letters letters, Outbox outbox) {}

  @Bean
  Post accountPost(Letters letters, Outbox outbox) {
    return new Post(letters, outbox);
  }

  /// What the room itself keeps.
  record Stores(Accounts accounts, Sessions sessions, Links links, Throttle throttle) {}

  @Bean
  Stores accountStores(Accounts accounts, Sessions sessions, Links links, Throttle throttle) {
    return new Stores(accounts, sessions, links, throttle);
  }

  /// Time and names.
  record Chance(InstantSource clock, Uid uids) {}

  @Bean
  Chance accountChance(InstantSource clock, Uid uids) {
    return new Chance(clock, uids);
  }

  @Bean
  AccountParts accountParts(
      Database database, Stores stores, Post post, Audit audit, Chance chance) {
    return new AccountParts(
        database,
        stores.accounts(),
        stores.sessions(),
        stores.links(),
        stores.throttle(),
        post.letters(),
        post.outbox(),
        audit,
        chance.clock(),
        chance.uids());
  }

  @Bean
  AddressChanges addressChanges() {
    return new AddressChanges();
  }

  @Bean
  WorkingMail workingMail(RelaySettings relay, Mails mails, InstantSource clock) {
    return new WorkingMail(relay, mails, clock);
  }

  @Bean
  RelayNotices relayNotices(AccountParts parts, RelaySettings relay, FormerRelay former) {
    return new RelayNotices(parts, relay, former);
  }

  @Bean
  AddressRequests addressRequests(
      AccountParts parts, AddressChanges changes, SignIn signIn, WorkingMail mail) {
    return new AddressRequests(parts, changes, signIn, mail);
  }

  @Bean
  AddressLinks addressLinks(AccountParts parts, AddressChanges changes) {
    return new AddressLinks(parts, changes);
  }

  @Bean
  OwnPassword ownPassword(
      Database database, Accounts accounts, Passwords passwords, SignIn signIn, Audit audit) {
    return new OwnPassword(database, accounts, passwords, signIn, audit);
  }

  @Bean
  ResetLetters resetLetters(AccountParts parts, SystemParts system, RandomGenerator random) {
    return new ResetLetters(parts, system.handovers(), random);
  }
}
