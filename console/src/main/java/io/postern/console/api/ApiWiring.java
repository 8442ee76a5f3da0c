package io.postern.console.api;

import io.postern.console.accounts.Accounts;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.RefusalWatch;
import io.postern.console.settings.InstanceSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Wires the face for programs.
@Configuration
class ApiWiring implements WebMvcConfigurer {
  private final ObjectProvider<RefusalWatch> watch;

  ApiWiring(ObjectProvider<RefusalWatch> watch) {
    this.watch = watch;
  }

  @Bean
  static ApiKeys apiKeys(InstantSource clock, RandomGenerator random, Uid uids) {
    return new ApiKeys(clock, random, uids);
  }

  @Bean
  static ApiTokens apiTokens(InstantSource clock, RandomGenerator random) {
    return new ApiTokens(clock, random);
  }

  @Bean
  static KeysAndTokens keysAndTokens(
      Database database,
      Accounts accounts,
      ApiKeys keys,
      ApiTokens tokens,
      KeysAndTokens.Surroundings surroundings) {
    return new KeysAndTokens(database, accounts, keys, tokens, surroundings);
  }

  @Bean
  static KeysAndTokens.Surroundings surroundings(
      Proxies proxies, InstantSource clock, InstanceSettings instance, RefusalWatch watch) {
    return new KeysAndTokens.Surroundings(proxies, clock, instance, watch);
  }

  /// After the platform's own, which knows the roles.
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ScopeGate(watch)).order(100);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new FieldsReading());
  }
}
