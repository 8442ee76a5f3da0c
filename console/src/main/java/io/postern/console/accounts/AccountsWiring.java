package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Proxies;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Accounts, passwords and sessions as beans.
@Configuration
class AccountsWiring {
  @Bean
  Accounts accounts(InstantSource clock, Uid uids) {
    return new Accounts(clock, uids);
  }

  @Bean
  PasswordHashes passwordHashes() {
    return new PasswordHashes();
  }

  @Bean
  PasswordRules passwordRules() {
    return new PasswordRules();
  }

  @Bean
  Sessions sessions(InstantSource clock, RandomGenerator random, Uid uids) {
    return new Sessions(clock, random, uids);
  }

  @Bean
  SignIn signIn(
      Database database,
      Accounts accounts,
      PasswordHashes hashes,
      Audit audit,
      InstantSource clock) {
    return new SignIn(database, accounts, hashes, audit, clock);
  }

  @Bean
  SessionSignIn sessionSignIn(
      Database database, Sessions sessions, SignIn signIn, Cookies cookies, Proxies proxies) {
    return new SessionSignIn(database, sessions, signIn, cookies, proxies);
  }

  @Bean
  LoginPages.Farewell farewell(Database database, Audit audit) {
    return new LoginPages.Farewell(database, audit);
  }
}
