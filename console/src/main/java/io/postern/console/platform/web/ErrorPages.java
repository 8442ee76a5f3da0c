package io.postern.console.platform.web;

import io.postern.console.platform.Uid;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// What failed outside any handler, in a filter or in the server itself.
@Controller
@Open
final class ErrorPages implements ErrorController {
  private static final int NOT_FOUND = 404;
  private static final int OUR_FAULTS = 500;

  private final Faults faults;
  private final FaultPages pages;
  private final Uid uids;

  ErrorPages(Faults faults, FaultPages pages, Uid uids) {
    this.faults = faults;
    this.pages = pages;
    this.uids = uids;
  }

  @RequestMapping("${spring.web.error.path:${error.path:/error}}")
  ResponseEntity<?> error(HttpServletRequest request) {
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var code = status instanceof Integer known ? known : NOT_FOUND;
    var failure = code < OUR_FAULTS ? null : failure(request, code);
    var answer = failure == null ? null : faults.unforeseen(failure, request);
    return answer == null ? pages.show(request, pages.refusalOf(code), uids.next()) : answer;
  }

  /// What the server refused by itself has an exception too, which says no more than its status.
  private static Throwable failure(HttpServletRequest request, int code) {
    return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
        ? failure
        : new IllegalStateException("The server answered " + code);
  }
}
