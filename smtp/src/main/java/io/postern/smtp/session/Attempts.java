package io.postern.smtp.session;

import io.postern.smtp.diagnosis.Finding.Attempt;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/// Why a connection did not come about.
public final class Attempts {
  private Attempts() {}

  /// The JDK tells these apart by type and by the words of the system (lab measurements, section
  /// 4).
  public static Attempt.Reason reason(IOException e) {
    var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return switch (e) {
      case EgressDeniedException _ -> Attempt.Reason.DENIED;
      case SocketTimeoutException _ -> Attempt.Reason.NO_ANSWER;
      case NoRouteToHostException _ -> Attempt.Reason.NO_ROUTE;
      case ConnectException _ when text.contains("refused") -> Attempt.Reason.REFUSED;
      case ConnectException _ when text.contains("timed out") -> Attempt.Reason.NO_ANSWER;
      default ->
          text.contains("unreachable")
                  || text.contains("cannot assign")
                  || text.contains("permission denied")
              ? Attempt.Reason.NO_ROUTE
              : text.contains("reset") ? Attempt.Reason.RESET : Attempt.Reason.OTHER;
    };
  }
}
