package io.postern.console.platform.web;

import io.postern.console.platform.Uid;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// What failed outside any handler, in a filter or in the server itself.
@Controller
@Open
final class ErrorPages implements ErrorController {
  private final Faults faults;
  private final FaultPages pages;
  private final Uid uids;

  ErrorPages(Faults faults, FaultPages pages, Uid uids) {
    this.faults = faults;
    this.pages = pages;
    this.uids = uids;
  }

  @RequestMapping("${spring.web.error.path:${error.path:/error}}")
  @Nullable ResponseEntity<?> error(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
      return faults.unforeseen(failure, request);
    }
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var refusal = pages.refusalOf(status instanceof Integer code ? code : 404);
    return pages.show(request, refusal, uids.next());
  }
}
