package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.BaseUrl;
import io.postern.console.platform.ConsoleTls;
import io.postern.console.platform.ProcessSettings;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
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
  private final Database database;
  private final Audit audit;
  private final Looks looks;

  InstancePage(
      Pages pages, InstanceSettings instance, Database database, Audit audit, Looks looks) {
    this.pages = pages;
    this.instance = instance;
    this.database = database;
    this.audit = audit;
    this.looks = looks;
  }

  /// What the page looks at besides.
  record Looks(ProcessSettings process, ConsoleTls tls, HostBound passkeys, InstantSource clock) {}

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
      @RequestParam(defaultValue = "") String baseUrl,
      @RequestParam(defaultValue = "false") boolean leavePasskeys) {
    var name = displayName.strip();
    var url = instance.isBaseUrlFixed() ? instance.baseUrl() : baseUrl.strip();
    var faults = new HashMap<String, String>();
    put(faults, "displayName", InstanceSettings.nameFault(name));
    put(faults, "baseUrl", BaseUrl.fault(url));
    if (faults.isEmpty() && !leavePasskeys) {
      put(faults, "leavePasskeys", leftBehind(url));
    }
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
    var trimmed = !name.equals(displayName) || !(instance.isBaseUrlFixed() || url.equals(baseUrl));
    return pages.redirect(
        PATH,
        "Saved. Letters name %s and link to %s.%s"
            .formatted(name, url, trimmed ? " Blanks around them were removed." : ""));
  }

  /// Passkeys are bound to the host that they were made at.
  private String leftBehind(String url) {
    var before = instance.baseUrlHost();
    var after = String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
    var bound = before.equals(after) ? 0 : looks.passkeys().at(before);
    if (bound == 0) {
      return "";
    }
    return "%s made at %s and cannot be used at %s. Whoever has no password or recovery code besides is locked out. Confirm below, or keep the host."
        .formatted(bound == 1 ? "1 passkey was" : bound + " passkeys were", before, after);
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
            looks.process(),
            "certificate",
            CertificateView.of(looks.tls(), instance, looks.clock().instant()),
            "strayed",
            looks.passkeys().elsewhere(instance.baseUrlHost())));
  }
}
