package io.postern.console.platform.web;

import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.view.RedirectView;

/// Wires pages and access control into the web server.
@Configuration
class WebWiring implements WebMvcConfigurer {
  private final Access access;

  WebWiring(
      ObjectProvider<PageSignIn> signIn,
      ObjectProvider<FormTokens> tokens,
      ObjectProvider<RefusalWatch> watch,
      InstantSource clock) {
    this.access = new Access(signIn, tokens, watch, new Freshness(clock));
  }

  @Bean
  static Pages pages(ObjectProvider<Waiting> waiting) {
    return new Pages(waiting);
  }

  /// `redirect:` answers 303, so that what follows is a GET.
  @Bean
  static ViewResolver redirects() {
    return (name, _) ->
        name.startsWith("redirect:")
            ? new RedirectView(name.substring("redirect:".length()), true, false, false)
            : null;
  }

  /// Files of the look are compared by content: the jar's times are constant (reproducible builds),
  /// so that a browser would keep an old script after an upgrade.
  @Bean
  static FilterRegistrationBean<ShallowEtagHeaderFilter> contentTags() {
    var registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
    registration.addUrlPatterns("/static/*");
    return registration;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(access);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(access);
  }
}
