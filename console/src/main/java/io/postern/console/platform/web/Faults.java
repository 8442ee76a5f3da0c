package io.postern.console.platform.web;

import io.postern.console.platform.DiskGuard;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.DatabaseException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriUtils;

/// How everything that went wrong looks: a page for people, `application/problem+json` for `/v1`
/// (RFC 9457). Our own words and, for what nobody foresaw, a reference that leads to the log; never
/// a stack trace, a class name or SQL.
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  static final String DATABASE_UNAVAILABLE = "database-unavailable";

  private static final String SYSTEM_CONSOLE =
      "This is the system console, for those who run this installation. You are signed in for your tenant, whose page is elsewhere.";

  private final Uid uids;
  private final FaultPages pages;
  private final DiskGuard disk;

  Faults(Uid uids, FaultPages pages, DiskGuard disk) {
    this.uids = uids;
    this.pages = pages;
    this.disk = disk;
  }

  @ExceptionHandler(NotSignedInException.class)
  ResponseEntity<?> notSignedIn(HttpServletRequest request) {
    if (Area.of(request) != Area.PAGES) {
      return pages.show(request, Refusal.notSignedIn(), uids.next());
    }
    return signIn(request, AskedPath.of(request).startsWith("/system") ? "/system/login" : "/");
  }

  @ExceptionHandler(PasskeyNeededException.class)
  ResponseEntity<?> passkeyNeeded() {
    return Pages.seeOther(AccountTab.PASSKEYS.path());
  }

  @ExceptionHandler(NotAllowedException.class)
  ResponseEntity<?> notAllowed(HttpServletRequest request) {
    var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
    if (actor != null && actor.role() == Role.TENANT && Area.of(request) == Area.PAGES) {
      return pages.show(request, new Refusal(403, "not-allowed", SYSTEM_CONSOLE), uids.next());
    }
    var sentence =
        "Your role does not reach this. A Root Administrator can do it, or give you a role that does.";
    return pages.show(request, new Refusal(403, "not-allowed", sentence), uids.next());
  }

  @ExceptionHandler
  ResponseEntity<?> refusal(Refusal refusal, HttpServletRequest request) {
    return pages.show(request, refusal, uids.next());
  }

  @ExceptionHandler
  ResponseEntity<?> stepUp(StepUpNeededException needed, HttpServletRequest request) {
    if (Area.of(request) != Area.PAGES) {
      var sentence =
          "This needs a sign-in younger than 15 minutes. Sign in again, or use an API key made for it.";
      return pages.show(request, new Refusal(403, "step-up-required", sentence), uids.next());
    }
    if (!HttpMethod.POST.matches(request.getMethod())) {
      return signIn(request, "/system/step-up");
    }
    return pages.factorAgain(request, needed.refused());
  }

  @ExceptionHandler
  @Nullable ResponseEntity<?> unforeseen(Throwable failure, HttpServletRequest request) {
    if (isOfDatabase(failure)) {
      return ofDatabase(failure, request);
    }
    if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      var refusal = pages.refusalOf(known.getStatusCode().value());
      return pages.show(request, refusal, uids.next());
    }
    if (failure instanceof TypeMismatchException) {
      // A number in the address that is none; whoever typed it needs no reference to the log.
      return pages.show(request, pages.refusalOf(400), uids.next());
    }
    if (failure instanceof IOException) {
      // The browser went away while the answer was being written.
      LOG.debug("The client hung up", failure);
      return null;
    }
    if (failure instanceof DataAccessException && disk.refusal() != null) {
      return full(failure, request);
    }
    return pages.show(request, pages.refusalOf(500), logged(failure, request));
  }

  /// Not a wrong statement, which would be Postern's own fault.
  private static boolean isOfDatabase(Throwable failure) {
    return failure instanceof DatabaseException
        || failure instanceof DataAccessResourceFailureException
        || failure instanceof TransientDataAccessException;
  }

  private ResponseEntity<?> ofDatabase(Throwable failure, HttpServletRequest request) {
    if (disk.refusal() != null) {
      return full(failure, request);
    }
    var sentence =
        "The database could not be read or written, so nothing was changed as far as Postern knows."
            + " See whether its server answers and its disk has room; the log of Postern says more. Then look whether it was done, and try again if not.";
    return pages.showWithForm(request, unavailable(sentence), logged(failure, request));
  }

  /// A full disk is no fault of Postern's: one line without a stack, which would fill it further.
  /// Where the data lie is nobody's business who is not signed in.
  private ResponseEntity<?> full(Throwable failure, HttpServletRequest request) {
    var ref = uids.next();
    var pattern = pattern(request);
    var why = disk.refusal();
    LOG.error(
        "{} {} failed, reference {}: {} {}",
        request.getMethod(),
        pattern,
        ref,
        failure.getMessage(),
        why);
    var sentence =
        request.getAttribute(Actor.ATTRIBUTE) == null
            ? "Nothing can be saved: the disk of this server is full. Whoever runs it has to make room; then try again."
            : "Nothing was changed. " + why;
    return pages.showWithForm(request, unavailable(sentence), ref);
  }

  private static Refusal unavailable(String sentence) {
    return new Refusal(503, DATABASE_UNAVAILABLE, sentence);
  }

  private String logged(Throwable failure, HttpServletRequest request) {
    var ref = uids.next();
    LOG.error("{} {} failed, reference {}", request.getMethod(), pattern(request), ref, failure);
    return ref;
  }

  /// Not the path, which can hold a token.
  private static @Nullable Object pattern(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) == null
        ? request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
        : "(on the way to its page)";
  }

  private static ResponseEntity<?> signIn(HttpServletRequest request, String page) {
    return Pages.seeOther(
        HttpMethod.GET.matches(request.getMethod())
            ? page + "?to=" + UriUtils.encode(whole(request), StandardCharsets.UTF_8)
            : page);
  }

  private static String whole(HttpServletRequest request) {
    var query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
