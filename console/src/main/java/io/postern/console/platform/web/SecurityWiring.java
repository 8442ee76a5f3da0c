package io.postern.console.platform.web;

import io.postern.console.platform.InstanceSecrets;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.Setting;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// The filter chain: headers, who signs in, where a form comes from. Sessions, passwords and
/// log-out are our own; who may do what is decided at the handler, by [Access].
@Configuration
class SecurityWiring {
  @Bean
  Proxies proxies(ProcessSettings settings) {
    return new Proxies(settings.trustedProxies());
  }

  @Bean
  Cookies cookies(Proxies proxies) {
    return new Cookies(proxies);
  }

  @Bean
  Freshness freshness(InstantSource clock) {
    return new Freshness(clock);
  }

  @Bean
  FlashMapManager flashMapManager(Cookies cookies, SecretBox box) {
    return new FlashCookie(cookies, box);
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders(Proxies proxies) {
    var registration = new FilterRegistrationBean<>(new SecurityHeaders(proxies));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(java.util.EnumSet.allOf(jakarta.servlet.DispatcherType.class));
    return registration;
  }

  @Bean
  FormTokens formTokens(Cookies cookies, InstanceSecrets secrets, RandomGenerator random) {
    return new FormTokens(cookies, secrets.orMake("form-token"), random);
  }

  @Bean
  SealedFields sealedFields(SecretBox box, InstantSource clock) {
    return new SealedFields(box, clock);
  }

  @Bean
  FaultPages faultPages(Pages pages, ObjectProvider<PageSignIn> signIn, SealedFields sealed) {
    return new FaultPages(pages, signIn, sealed);
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http, Gates gates, SealedFields sealed) throws Exception {
    var faults = gates.faults();
    var handler = new XorCsrfTokenRequestAttributeHandler();
    return http.csrf(csrf ->
            csrf.csrfTokenRepository(gates.tokens())
                .csrfTokenRequestHandler(handler)
                .sessionAuthenticationStrategy((_, _, _) -> {})
                .ignoringRequestMatchers(request -> Area.of(request) != Area.PAGES))
        .addFilterBefore(new SameOrigin(faults, gates.baseUrl()), CsrfFilter.class)
        .addFilterBefore(gates.signIn(), SameOrigin.class)
        .addFilterAfter(new KeptForm(sealed, gates.faults()), CsrfFilter.class)
        .exceptionHandling(refused ->
            refused.accessDeniedHandler((request, response, _) ->
                faults.resolveException(request, response, null, Refusal.staleForm())))
        .authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .sessionManagement(own -> own.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .headers(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  Gates gates(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver faults,
      FormTokens tokens,
      ObjectProvider<PageSignIn> pages,
      ObjectProvider<ApiSignIn> api,
      ProcessSettings settings) {
    return new Gates(faults, tokens, new SignInFilter(pages, api), settings.text(Setting.BASE_URL));
  }

  /// What the chain is made of.
  record Gates(
      HandlerExceptionResolver faults,
      FormTokens tokens,
      SignInFilter signIn,
      @org.jspecify.annotations.Nullable String baseUrl) {}
}
