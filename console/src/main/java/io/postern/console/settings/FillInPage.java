package io.postern.console.settings;

import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.Role;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.MalformedValueException;
import io.postern.smtp.discovery.Discovery;
import io.postern.smtp.sender.SenderCheck;
import io.postern.smtp.session.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Help with the form that asks no mail server anything: *Fill in for me*, the lines about a
/// recognized provider, and the sender report.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS})
class FillInPage {
  private static final int TYPED_CHARACTERS_MAX = 400;

  private final SmtpScreen screen;
  private final RelaySettings settings;
  private final HeldPassword held;
  private final Discovery discovery;
  private final SenderCheck senders;

  FillInPage(SmtpScreen screen, RelaySettings settings, HeldPassword held, Network network) {
    this.screen = screen;
    this.settings = settings;
    this.held = held;
    this.discovery = new Discovery(network.resolver());
    this.senders = new SenderCheck(network.resolver());
  }

  /// Looks for places where the provider of From Email takes mail, or puts a found one into the
  /// form. Asks no mail server anything.
  @PostMapping(SmtpPage.PATH + "/fill")
  ResponseEntity<String> fill(HttpServletRequest request) {
    var form = PastedServer.safe(SmtpForm.of(request.getParameterMap()));
    var place = request.getParameter("place");
    if (place != null) {
      var filled = SmtpForm.of(SmtpRepair.apply(place, request.getParameterMap()));
      return show(
          request,
          filled.host().equals(form.host()) ? held.keep(request, filled) : filled.withHeld(""),
          "Filled in. Enter the password that belongs to it, then validate; nothing is saved yet.");
    }
    try {
      var address = Mailbox.parse(form.from());
      var offers = discovery.offers(address);
      var kept = held.keep(request, form);
      return offers.isEmpty()
          ? show(request, kept, nothing(address))
          : screen.show(
              request,
              HttpStatus.OK,
              SmtpView.of(
                  kept,
                  settings.inForce(),
                  new SmtpView.Answer.Found(Places.of(address.toString(), offers))));
    } catch (MalformedValueException e) {
      var faults = Map.of("fromEmailId", String.valueOf(e.getMessage()));
      return screen.show(
          request,
          HttpStatus.UNPROCESSABLE_CONTENT,
          SmtpView.of(held.keep(request, form), settings.inForce()).withFaults(faults));
    }
  }

  /// How the sender in the form looks to receivers, from the DNS alone.
  @PostMapping(SmtpPage.PATH + "/sender")
  ResponseEntity<String> sender(HttpServletRequest request) {
    var form = PastedServer.safe(SmtpForm.of(request.getParameterMap()));
    var view = SmtpView.of(held.keep(request, form), settings.inForce());
    var faults = new HashMap<String, String>();
    var from = read(Mailbox::parse, form.from(), "fromEmailId", faults);
    var relay = read(HostName::parse, form.host(), "smtpServer", faults);
    return from == null || relay == null
        ? screen.show(request, HttpStatus.UNPROCESSABLE_CONTENT, view.withFaults(faults))
        : screen.show(request, HttpStatus.OK, view, senders.report(from, relay));
  }

  private static <T> @Nullable T read(
      Function<String, T> reader, String typed, String field, Map<String, String> faults) {
    try {
      return reader.apply(typed);
    } catch (MalformedValueException e) {
      faults.put(field, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// What is known about the provider of what was typed, for the page while it is typed.
  @GetMapping(SmtpPage.PATH + "/provider")
  ResponseEntity<String> provider(
      @RequestParam(defaultValue = "") String smtpServer,
      @RequestParam(defaultValue = "") String fromEmailId) {
    return screen.provider(typed(smtpServer), typed(fromEmailId));
  }

  private ResponseEntity<String> show(HttpServletRequest request, SmtpForm form, String message) {
    return screen.show(request, HttpStatus.OK, SmtpView.of(form, settings.inForce(), message));
  }

  private static String nothing(Mailbox address) {
    return "Nothing is known about %s: it is in no table, names no submission server in SRV records, and its mail exchanger belongs to nobody known. Ask who runs the mailbox for the name of the outgoing server."
        .formatted(address.domain());
  }

  private static String typed(String text) {
    return text.substring(0, Math.min(TYPED_CHARACTERS_MAX, text.length()));
  }
}
