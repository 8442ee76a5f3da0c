package io.postern.console.platform.web;

import java.net.URI;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// *Administration* in the menu leads to the first tab that the role may see.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS})
class AdministrationPage {
  @GetMapping("/system/administration")
  ResponseEntity<Void> first(Actor actor) {
    var tab =
        Stream.of(AdministrationTab.values())
            .filter(each -> each.isFor(actor.role()))
            .findFirst()
            .orElseThrow(NotAllowedException::new);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(tab.path())).build();
  }
}
