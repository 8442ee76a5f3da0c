package io.postern.console.settings;

import io.postern.console.platform.Uid;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Secret;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.check.Ladder;
import io.postern.smtp.tls.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Starts checks of drafts and keeps them for a while, so that they can be followed, cancelled and
/// read. Nothing that was saved is changed; that it was found valid is noted.
public final class Validations {
  ///
  public static final int PER_MINUTE_MAX = 10;

  public static final int AT_ONCE_MAX = 3;

  ///
  private static final Duration BUDGET = Duration.ofSeconds(90);

  private static final Duration KEPT = Duration.ofMinutes(15);

  private final Check check;
  private final RelaySettings settings;
  private final ValidationLog log;
  private final InstantSource clock;
  private final Uid uids;
  private final Map<String, Validation> running = new ConcurrentHashMap<>();
  private final Map<String, Checked> lastValid = new ConcurrentHashMap<>();

  Validations(
      Check check, RelaySettings settings, ValidationLog log, InstantSource clock, Uid uids) {
    this.check = check;
    this.settings = settings;
    this.log = log;
    this.clock = clock;
    this.uids = uids;
  }

  /// What was found valid last by an operator.
  private record Checked(Tested tested, Secret secret) {}

  /// How a start ended.
  public sealed interface Start {
    record Started(Validation validation) implements Start {}

    /// Too many at once or in a minute; the sentence says so.
    record Refused(String sentence) implements Start {}
  }

  /// What to check.
  ///
  /// @param secret absent for an anonymous relay or when there is none
  /// @param depth absent: by recipient and sender
  public record Request(
      RelayDraft values, @Nullable Secret secret, String testRecipient, @Nullable Depth depth) {}

  public Start start(Actor actor, Request request) {
    forgetOld();
    var busy = busy(actor);
    if (busy != null) {
      return new Start.Refused(busy);
    }
    var depth =
        request.depth() != null
            ? request.depth()
            : request.testRecipient().isEmpty() ? Depth.ENVELOPE : Depth.MESSAGE;
    var ladder =
        Ladder.of(
            request.values().security(),
            depth,
            !request.values().isAnonymous(),
            !request.testRecipient().isEmpty());
    var validation =
        new Validation(
            uids.next(), actor.uid(), clock.instant(), request.values(), ladder.stages());
    var link = depth == Depth.MESSAGE ? log.link(actor, request, validation.uid()) : "";
    var draft = draft(request, link);
    running.put(validation.uid(), validation);
    validation.runsOn(
        Thread.ofVirtual()
            .name("check-" + validation.uid())
            .unstarted(() -> run(actor, request, draft, validation)));
    validation.begin();
    return new Start.Started(validation);
  }

  /// @return null when there is none, or it was somebody else's
  public @Nullable Validation find(Actor actor, String uid) {
    var validation = running.get(uid);
    return validation != null && validation.actorUid().equals(actor.uid()) ? validation : null;
  }

  /// Whether this operator's last valid check tried what these values would use.
  public boolean wasValid(Actor actor, RelayDraft values, @Nullable Secret secret) {
    var checked = lastValid.get(actor.uid());
    return checked != null
        && checked.tested().equals(Tested.of(values))
        && checked.secret().equals(secret == null ? Secret.of("") : secret);
  }

  private void run(Actor actor, Request request, Draft draft, Validation validation) {
    var verdict = check.run(draft, validation);
    var cancelled = Thread.interrupted();
    // A sign-in alone does not prove the sender.
    var proved = verdict.isValid() && request.depth() != Depth.LOGIN;
    if (proved) {
      lastValid.put(actor.uid(), new Checked(Tested.of(request.values()), draft.password()));
    }
    var auditUid = "";
    try {
      if (!draft.arrivalLink().isEmpty()) {
        log.messageEnded(validation.uid(), verdict);
      }
      auditUid = log.ended(actor, request.values(), verdict, cancelled);
      if (proved) {
        settings.proved(request.values(), draft.password());
      }
    } finally {
      validation.judged(verdict, auditUid);
    }
  }

  private static Draft draft(Request request, String arrivalLink) {
    var values = request.values();
    var ehlo = values.ehloName();
    var secret = request.secret();
    return new Draft(
        values.host().ascii(),
        values.port(),
        values.security(),
        values.username(),
        secret == null ? Secret.of("") : secret,
        values.mechanism(),
        values.from().toString(),
        request.testRecipient(),
        ehlo == null ? "" : ehlo.text(),
        new Trust(values.authorities(), values.skipVerify()),
        request.depth(),
        arrivalLink,
        BUDGET);
  }

  private @Nullable String busy(Actor actor) {
    var atOnce =
        running.values().stream().filter(each -> each.state() == Validation.State.RUNNING).count();
    if (atOnce >= AT_ONCE_MAX) {
      return "%d validations are running already. Wait for one to end, or cancel it."
          .formatted(AT_ONCE_MAX);
    }
    var minuteAgo = clock.instant().minus(Duration.ofMinutes(1));
    var recent =
        running.values().stream()
            .filter(
                each -> each.actorUid().equals(actor.uid()) && each.startedAt().isAfter(minuteAgo))
            .count();
    return recent >= PER_MINUTE_MAX
        ? "You validated %d times within a minute. Wait a moment.".formatted(PER_MINUTE_MAX)
        : null;
  }

  private void forgetOld() {
    var old = clock.instant().minus(KEPT);
    running
        .values()
        .removeIf(
            each -> each.startedAt().isBefore(old) && each.state() != Validation.State.RUNNING);
  }
}
