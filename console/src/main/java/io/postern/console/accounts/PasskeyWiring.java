package io.postern.console.accounts;

import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Proxies;
import io.postern.console.settings.HostBound;
import io.postern.console.settings.InstanceSettings;
import io.postern.console.settings.RelaySettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Passkeys and recovery codes as beans.
@Configuration
class PasskeyWiring {
  @Bean
  Passkeys passkeys(InstantSource clock, Uid uids) {
    return new Passkeys(clock, uids);
  }

  @Bean
  HostBound hostBound(Database database, Passkeys passkeys) {
    return new HostBound() {
      @Override
      public long at(String host) {
        return database.read(tx -> passkeys.countAt(tx, host));
      }

      @Override
      public long elsewhere(String host) {
        return database.read(tx -> passkeys.count(tx) - passkeys.countAt(tx, host));
      }
    };
  }

  @Bean
  PasskeyAdvice passkeyAdvice(Database database, Passkeys passkeys, InstanceSettings instance) {
    return new PasskeyAdvice(database, passkeys, instance);
  }

  @Bean
  Challenges challenges(InstantSource clock, RandomGenerator random, InstanceSecrets secrets) {
    return new Challenges(clock, random, secrets.orMake("passkey-challenge"));
  }

  @Bean
  RecoveryCodes recoveryCodes(
      Database database, PasswordHashes hashes, Throttle throttle, Bootstrap.Chance chance) {
    return new RecoveryCodes(
        database, hashes, throttle, new RecoveryCodes.Chance(chance.clock(), chance.random()));
  }

  @Bean
  PasskeyDesk.Keeping keeping(Passkeys passkeys, RecoveryCodes codes, Challenges challenges) {
    return new PasskeyDesk.Keeping(passkeys, codes, challenges);
  }

  @Bean
  PasskeyQuestions passkeyQuestions(InstanceSettings instance, Challenges challenges) {
    return new PasskeyQuestions(instance, challenges);
  }

  @Bean
  AccountNotices accountNotices(AccountParts parts, RelaySettings relay) {
    return new AccountNotices(parts, relay);
  }

  @Bean
  PasskeyDesk passkeyDesk(
      AccountParts parts,
      PasskeyDesk.Keeping keeping,
      PasskeyQuestions questions,
      InstanceSettings instance,
      AccountNotices notices) {
    return new PasskeyDesk(parts, keeping, questions, instance, notices);
  }

  @Bean
  SecondFactor secondFactor(
      AccountParts parts,
      PasskeyDesk.Keeping keeping,
      PasskeyQuestions questions,
      AccountNotices notices) {
    var judge =
        new PasskeyJudge(parts, keeping.passkeys(), keeping.challenges(), questions, notices);
    return new SecondFactor(parts, judge, keeping.codes(), notices);
  }

  @Bean
  SecondStep secondStep(
      Cookies cookies, SecretBox box, Database database, Accounts accounts, InstantSource clock) {
    return new SecondStep(cookies, box, database, accounts, clock);
  }

  @Bean
  SessionSignIn.Factors factors(SignIn signIn, SecondFactor second, PasskeyQuestions questions) {
    return new SessionSignIn.Factors(signIn, second, questions);
  }

  @Bean
  PasskeySignIn passkeySignIn(
      SecondFactor factor,
      PasskeyQuestions questions,
      SecondStep step,
      Cookies cookies,
      Proxies proxies) {
    return new PasskeySignIn(factor, questions, step, cookies, proxies);
  }
}
