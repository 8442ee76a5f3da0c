package io.postern.console.api;

import io.postern.console.platform.web.Open;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The description of this API, for programs. Holds nothing that the source does not, so it is
/// open.
@RestController
class OpenApiCalls {
  static final String PATH = "/v1/openapi.json";

  private final RequestMappingHandlerMapping mapping;

  OpenApiCalls(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
    this.mapping = mapping;
  }

  @Open
  @Needs({})
  @GetMapping(PATH)
  ResponseEntity<String> document() {
    var version = OpenApiCalls.class.getPackage().getImplementationVersion();
    var document =
        new OpenApi(ApiText.read(), HandlerFacts.mapped(mapping))
            .document(Objects.requireNonNullElse(version, "0"));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.toString());
  }
}
