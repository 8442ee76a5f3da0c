package io.postern.console.api;

import io.postern.console.accounts.Account;
import io.postern.console.accounts.SignIn;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.Refusal;
import io.postern.console.settings.InstanceSettings;
import io.postern.smtp.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/auth/syslogin`: a token for a password.
@RestController
class AuthCalls {
  static final int TEXT_CHARACTERS_MAX = 320;

  private final Database database;
  private final SignIn signIn;
  private final ApiTokens tokens;
  private final Proxies proxies;
  private final InstanceSettings instance;

  AuthCalls(
      Database database,
      SignIn signIn,
      ApiTokens tokens,
      Proxies proxies,
      InstanceSettings instance) {
    this.database = database;
    this.signIn = signIn;
    this.tokens = tokens;
    this.proxies = proxies;
    this.instance = instance;
  }

  @Open
  @Needs({})
  @PostMapping("/v1/auth/syslogin")
  Map<String, Object> login(
      HttpServletRequest request, HttpServletResponse response, Fields fields) {
    var name = fields.needed("username", "The e-mail address", TEXT_CHARACTERS_MAX);
    var password = fields.raw("password");
    if (password.isEmpty()) {
      fields.fault("password", "The password is needed.");
    }
    fields.check();
    var attempt =
        new SignIn.Attempt(null, name, Secret.of(password), proxies.clientAddress(request));
    return switch (signIn.judge(attempt)) {
      case SignIn.Judgment.Wrong wrong -> {
        wrong.tell(response);
        throw new Refusal(
            wrong.status(),
            wrong.status() == 429 ? "too-many-tries" : "wrong-password",
            wrong.sentence());
      }
      case SignIn.Judgment.Half _ ->
          throw new SecondFactorNeededException(
              "The password is right, and the account signs in with a passkey as well, which no program"
                  + " can give. Use an API key; it is made in the console under My Account.");
      case SignIn.Judgment.Right(var account) -> answer(account);
    };
  }

  private Map<String, Object> answer(Account account) {
    if (instance.isSecondFactorRequired()) {
      throw new SecondFactorNeededException(
          "The password is right, and this instance demands a passkey as well, which the account does"
              + " not have yet. Register one in the console, then use an API key.");
    }
    var token = database.write(tx -> tokens.give(tx, account.uid()));
    var body = new LinkedHashMap<String, Object>();
    body.put("Authorization", token);
    body.put("IsEmailSet", true);
    body.put("IsEmailVerified", account.isEmailVerified());
    body.put("IsMfa", false);
    body.put("IsPasswordReset", false);
    return body;
  }
}
