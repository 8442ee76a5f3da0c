package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The switch of *Administration › Instance* by which every system account needs a passkey (PLAN
/// 3).
@Controller
@Allow(Role.ROOT)
class SecondFactorSwitch {
  private final Pages pages;
  private final InstanceSettings instance;
  private final Database database;
  private final Audit audit;

  SecondFactorSwitch(Pages pages, InstanceSettings instance, Database database, Audit audit) {
    this.pages = pages;
    this.instance = instance;
    this.database = database;
    this.audit = audit;
  }

  @StepUp
  @PostMapping(InstancePage.PATH + "/second-factor")
  ResponseEntity<String> turn(Actor actor, @RequestParam(defaultValue = "false") boolean required) {
    var sentence =
        required
            ? "Every system account needs a passkey from now on."
            : "Passkeys are offered, not demanded, from now on.";
    database.write(transaction -> {
      instance.requireSecondFactor(transaction, actor, required);
      var object = new Audit.Object("instance", "", instance.displayName());
      return audit.record(transaction, actor, Audit.Action.UPDATE, object, sentence);
    });
    return pages.redirect(InstancePage.PATH, sentence);
  }
}
