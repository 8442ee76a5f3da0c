package io.postern.console.api;

import io.postern.console.letters.ApiMail;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.Idempotency;
import io.postern.console.outbox.MailState;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// `POST /v1/mails`: the platform's other parts send through Postern.
@RestController
@Allow({Role.ROOT, Role.OPERATIONS})
class MailCalls {
  static final String PATH = "/v1/mails";
  static final int ADDRESS_CHARACTERS_MAX = 320;
  static final int SUBJECT_CHARACTERS_MAX = 255;

  /// Of the text and of the HTML, each.
  static final int CONTENT_CHARACTERS_MAX = 262_144;

  private static final String KEY_FORM = "[\\x21-\\x7e]{1,256}";

  private final Database database;
  private final Outbox outbox;
  private final Letters letters;

  MailCalls(Database database, Outbox outbox, Letters letters) {
    this.database = database;
    this.outbox = outbox;
    this.letters = letters;
  }

  /// Answers 202 once the mail is durable. The same key with the same content gives the first
  /// mail's uid, with another content 409.
  @Needs(Scope.MAILS_SEND)
  @PostMapping(PATH)
  ResponseEntity<Map<String, Object>> send(
      Actor actor,
      Fields fields,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    if (key == null || !key.matches(KEY_FORM)) {
      throw new Refusal(
          400,
          "idempotency-key-needed",
          "The header Idempotency-Key is needed: up to 256 visible ASCII characters of your own"
              + " choice, the same when you repeat a request. It keeps a mail from being sent twice.");
    }
    var to = to(fields);
    var mail = content(fields);
    fields.check();
    // Of two accounts each has keys of its own; what is stored tells nobody another's key.
    var ownKey = Digest.of(actor.uid() + "/" + key);
    var ready = outbox.ready(letters.api(Objects.requireNonNull(to), mail, ownKey));
    var once = outbox.enqueueOnce(ready);
    if (once instanceof Idempotency.Conflict(var uid)) {
      throw reused(uid);
    }
    var uid = once.uid();
    var state =
        uid.equals(ready.uid())
            ? MailState.QUEUED
            : Objects.requireNonNull(database.read(tx -> outbox.stateOf(tx, uid)));
    var body = new LinkedHashMap<String, Object>();
    body.put("uid", uid);
    body.put("state", state.word());
    return ResponseEntity.accepted().header("Location", PATH + "/" + uid).body(body);
  }

  private static @Nullable Mailbox to(Fields fields) {
    var text = fields.needed("to", "The recipient's address", ADDRESS_CHARACTERS_MAX);
    try {
      return Mailbox.parse(text);
    } catch (MalformedValueException e) {
      fields.fault("to", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static ApiMail content(Fields fields) {
    var subject = fields.needed("subject", "The subject", SUBJECT_CHARACTERS_MAX);
    if (subject.chars().anyMatch(Character::isISOControl) || hasLoneSurrogate(subject)) {
      fields.fault("subject", "Line breaks and other control characters cannot stand here.");
    }
    var text = content(fields, "text");
    if (text.isBlank()) {
      fields.fault("text", "The text is needed: not every reader shows HTML.");
    }
    return new ApiMail(subject, text, content(fields, "html"));
  }

  private static String content(Fields fields, String name) {
    var text = fields.raw(name);
    if (text.length() > CONTENT_CHARACTERS_MAX) {
      fields.fault(name, "At most %d characters are possible.".formatted(CONTENT_CHARACTERS_MAX));
    }
    var odd = text.chars().anyMatch(each -> each < ' ' && "\t\r\n".indexOf(each) < 0);
    if (odd || hasLoneSurrogate(text)) {
      fields.fault(name, "It holds a control character or half a character; mail cannot carry it.");
    }
    return text;
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(each -> each >= 0xD800 && each <= 0xDFFF);
  }

  private static Refusal reused(String uid) {
    return new Refusal(
        409,
        "idempotency-key-reused",
        "This Idempotency-Key was used for a mail with another content. Take a new key for a new"
            + " mail.",
        Map.of("uid", uid));
  }
}
