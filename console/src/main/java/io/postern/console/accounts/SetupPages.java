package io.postern.console.accounts;

import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The setup link's page, which makes the root account.
@Controller
@Open
final class SetupPages {
  private static final String MARK = "setup.";

  private final Pages pages;
  private final Bootstrap bootstrap;
  private final Passwords passwords;
  private final SessionSignIn sessions;
  private final Cookies cookies;

  SetupPages(
      Pages pages,
      Bootstrap bootstrap,
      Passwords passwords,
      SessionSignIn sessions,
      Cookies cookies) {
    this.pages = pages;
    this.bootstrap = bootstrap;
    this.passwords = passwords;
    this.sessions = sessions;
    this.cookies = cookies;
  }

  @GetMapping("/system/setup/{token}")
  ResponseEntity<String> open(
      HttpServletRequest request, HttpServletResponse response, @PathVariable String token) {
    require(token);
    cookies.write(request, response, Cookies.Kind.LINK, MARK + token, Duration.ofMinutes(30));
    return Pages.seeOther("/system/setup");
  }

  @GetMapping("/system/setup")
  ResponseEntity<String> form(HttpServletRequest request) {
    require(token(request));
    return show(HttpStatus.OK, request, Form.empty());
  }

  @PostMapping("/system/setup")
  ResponseEntity<String> create(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam Map<String, String> typed,
      RedirectAttributes flash) {
    require(token(request));
    var form = new Form(typed);
    var email = form.mailbox("email");
    var first = form.name("firstName");
    var last = form.name("lastName");
    var password = form.newPassword(passwords, String.valueOf(email));
    if (!form.isGood()) {
      return show(HttpStatus.UNPROCESSABLE_CONTENT, request, form);
    }
    var root = new Bootstrap.Root(String.valueOf(email), first, last);
    var account = bootstrap.create(root, passwords.hash(password), sessions.clientAddress(request));
    if (account == null) {
      throw LinkCookie.gone("The root account exists already. Sign in with it.");
    }
    bootstrap.entered(account);
    cookies.clear(request, response, Cookies.Kind.LINK);
    sessions.open(account, request, response);
    flash.addFlashAttribute(
        Pages.MESSAGE,
        form.done("The root account exists. Next: Administration, SMTP, so that mail goes out."));
    return Pages.seeOther("/system");
  }

  private ResponseEntity<String> show(HttpStatus status, HttpServletRequest request, Form form) {
    var frame = pages.frame(request, "Create the root account", null);
    return pages.show(status, "accounts/setup", Map.of("frame", frame, "form", form));
  }

  private void require(String token) {
    var refusal = bootstrap.refuse(token);
    if (refusal != null) {
      throw LinkCookie.gone(refusal);
    }
  }

  private String token(HttpServletRequest request) {
    var cookie = Objects.requireNonNullElse(cookies.read(request, Cookies.Kind.LINK), "");
    return cookie.startsWith(MARK) ? cookie.substring(MARK.length()) : "";
  }
}
