package io.postern.console.outbox;

import io.postern.console.platform.web.VerdictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A mail as programs read it. What it says is never in it: it may hold links.
public final class MailJson {
  private MailJson() {}

  /// One entry of a list.
  public static Map<String, Object> of(QueuedMail mail) {
    var body = new LinkedHashMap<String, Object>();
    body.put("uid", mail.uid());
    body.put("state", mail.state().word());
    body.put("to", mail.to().toString());
    body.put("subject", mail.subject());
    body.put("kind", mail.kind());
    body.put("reason", mail.reason());
    body.put("createdAt", mail.createdAt().toString());
    body.put("expiresAt", mail.expiresAt().toString());
    if (!mail.state().isEnd()) {
      body.put("dueAt", mail.dueAt().toString());
    }
    body.put("mayBeDuplicate", mail.maybeDuplicate());
    var accepted = mail.acceptedReply();
    if (accepted != null) {
      body.put("acceptedReply", accepted);
    }
    var tenant = mail.tenantUid();
    if (tenant != null) {
      body.put("tenantUid", tenant);
    }
    return body;
  }

  public static Map<String, Object> of(QueuedMail mail, List<Attempt> attempts) {
    var body = of(mail);
    body.put("attempts", attempts.stream().map(MailJson::attempt).toList());
    return body;
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    var body = new LinkedHashMap<String, Object>();
    body.put("at", attempt.startedAt().toString());
    body.put("endedAt", attempt.endedAt().toString());
    body.put("outcome", attempt.outcome());
    body.put("reply", attempt.reply());
    body.put("cause", attempt.cause());
    body.put("summary", attempt.summary());
    body.put("remedy", attempt.remedy());
    body.put("stages", attempt.rungs().stream().map(VerdictJson::rung).toList());
    return body;
  }
}
