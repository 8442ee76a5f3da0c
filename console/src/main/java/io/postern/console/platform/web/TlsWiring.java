package io.postern.console.platform.web;

import io.postern.console.platform.BaseUrl;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.Setting;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The ports that browsers come to.
@Configuration
class TlsWiring {
  @Bean(destroyMethod = "close")
  static TlsDoor tlsDoor(ConsoleTls tls) {
    return new TlsDoor(tls);
  }

  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> ports(
      TlsDoor door, ProcessSettings settings, ObjectProvider<BaseUrl> baseUrl) {
    return factory -> {
      factory.addConnectorCustomizers(door);
      var port = settings.httpPort();
      if (port != null) {
        var bind = Objects.requireNonNull(settings.text(Setting.BIND));
        var http = new HttpPort(port, bind, () -> baseUrl.getObject().baseUrl());
        factory.addAdditionalConnectors(http.connector());
        factory.addEngineValves(http);
      }
    };
  }
}
