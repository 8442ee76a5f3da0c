package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Administration › Instance*: display name and base URL, and each setting of the process with
/// where it came from.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class InstancePage {
  static final String PATH = "/system/administration/instance";

  private final Pages pages;
  private final InstanceSettings instance;
  private final ProcessSettings process;
  private final Database database;
  private final Audit audit;

  InstancePage(
      Pages pages,
      InstanceSettings instance,
      ProcessSettings process,
      Database database,
      Audit audit) {
    this.pages = pages;
    this.instance = instance;
    this.process = process;
    this.database = database;
    this.audit = audit;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request) {
    return page(request, HttpStatus.OK, instance.displayName(), instance.baseUrl(), Map.of());
  }

  /// Where links in letters lead is as good as every account: whoever could change it with a stolen
  /// session would get the next reset link.
  @PostMapping(PATH)
  @StepUp
  ResponseEntity<String> save(
      HttpServletRequest request,
      Actor actor,
      @RequestParam(defaultValue = "") String displayName,
      @RequestParam(defaultValue = "") String baseUrl) {
    var name = displayName.strip();
    var url = instance.isBaseUrlFixed() ? instance.baseUrl() : baseUrl.strip();
    var faults = new HashMap<String, String>();
    put(faults, "displayName", InstanceSettings.nameFault(name));
    put(faults, "baseUrl", InstanceSettings.fault(url));
    if (!faults.isEmpty()) {
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT, name, url, faults);
    }
    database.write(transaction -> {
      instance.save(transaction, actor, name, url);
      var object = new Audit.Object("instance", "", name);
      return audit.record(
          transaction,
          actor,
          Audit.Action.UPDATE,
          object,
          "Display name %s, base URL %s.".formatted(name, url));
    });
    return pages.redirect(PATH, "Saved. Letters name %s and link to %s.".formatted(name, url));
  }

  private static void put(Map<String, String> faults, String field, String fault) {
    if (!fault.isEmpty()) {
      faults.put(field, fault);
    }
  }

  private ResponseEntity<String> page(
      HttpServletRequest request,
      HttpStatus status,
      String name,
      String url,
      Map<String, String> faults) {
    return pages.show(
        status,
        "settings/instance",
        Map.of(
            "frame",
            pages.frame(request, "Administration", MenuItem.ADMINISTRATION),
            "displayName",
            name,
            "baseUrl",
            url,
            "faults",
            faults,
            "instance",
            instance,
            "process",
            process));
  }
}
