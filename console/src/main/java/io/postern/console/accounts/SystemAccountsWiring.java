package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.letters.Letters;
import io.postern.console.letters.MailReadiness;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The management of system accounts as beans.
@Configuration
class SystemAccountsWiring {
  /// What comes from other rooms to mail a link.
  record Mailing(Outbox outbox, Courier courier) {}

  @Bean
  Mailing accountMailing(Outbox outbox, Letters letters, MailReadiness readiness) {
    return new Mailing(outbox, new LetterCourier(letters, readiness));
  }

  /// The store with its log and clock.
  record Books(Database database, Audit audit, InstantSource clock) {}

  @Bean
  Books accountBooks(Database database, Audit audit, InstantSource clock) {
    return new Books(database, audit, clock);
  }

  @Bean
  SystemParts systemParts(Books books, Accounts accounts, Links links, Mailing mailing) {
    return new SystemParts(
        books.database(),
        accounts,
        links,
        mailing.outbox(),
        mailing.courier(),
        books.audit(),
        books.clock());
  }

  @Bean
  AccountLinks accountLinks(SystemParts parts) {
    return new AccountLinks(parts);
  }

  @Bean
  SystemAccounts systemAccounts(SystemParts parts, AccountLinks links) {
    return new SystemAccounts(parts, links);
  }

  @Bean
  SignOuts signOuts(
      SystemParts parts, SystemAccounts accounts, Sessions sessions, TokenStore tokens) {
    return new SignOuts(parts, accounts, sessions, tokens);
  }
}
