package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.lab.Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What the SMTP tab does for an operator whose settings are wrong: it fills in, says what a
/// provider wants, names the cause while it is still running, and mends what it can. A DNS server
/// of the test answers for every name.
@Tag("lab")
@TestMethodOrder(OrderAnnotation.class)
class DiagnosisTest {
  private static final Lab LAB = Lab.running();
  private static final String WORKS = "The configuration works";
  private static final String PASSWORD = "winter rain on slate";
  @TempDir static Path data;

  private static NameServer names;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator operator;

  @BeforeAll
  static void start() {
    names =
        new NameServer(
            "peer.test A 127.0.0.1",
            "smtp.gmail.com A 127.0.0.1",
            "mail.gmx.net A 127.0.0.1",
            "www.google.com A 127.0.0.1",
            "cloudflare.com A 127.0.0.1",
            "shop.test MX 10 mx.shop.test.",
            "mx.shop.test A 127.0.0.1",
            "_submissions._tcp.shop.test SRV 0 1 465 out.shop.test.",
            "_submission._tcp.shop.test SRV 10 1 587 out.shop.test.",
            "out.shop.test A 127.0.0.1",
            "shop.test TXT \"v=spf1 mx -all\"",
            "_dmarc.shop.test TXT \"v=DMARC1; p=reject\"");
    console = ConsoleProcess.start(LAB.project().resolve("postern"), data, names);
    screens = Screens.open(Path.of("target", "screens", "diagnosis"));
    operator = new Operator(console, screens.stranger());
    operator.page().navigate(console.setupLink());
    operator.setUp();
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
    names.close();
  }

  @Test
  @Order(1)
  void fills_in_the_server_of_a_known_provider_and_says_what_it_wants() {
    operator.openTab("SMTP");
    operator.fill("From Email", "ann@gmail.com");
    operator.press("Fill in for me");
    screens.look(operator.page(), "fill-in-table");
    operator.press("Use smtp.gmail.com, port 465, TLS from the start");
    assertEquals("smtp.gmail.com", operator.field("Outgoing Server").inputValue());
    assertEquals("ann@gmail.com", operator.field("Username").inputValue());
    assertTrue(operator.text().contains("app password"), operator::text);
    operator.page().locator(".provider summary").click();
    screens.look(operator.page(), "provider-lines");
  }

  @Test
  @Order(2)
  void fills_in_what_a_domain_publishes() {
    operator.openTab("SMTP");
    operator.fill("From Email", "ann@shop.test");
    operator.press("Fill in for me");
    assertTrue(operator.text().contains("Use out.shop.test, port 465"), operator::text);
    screens.look(operator.page(), "fill-in-srv");
    operator.fill("From Email", "ann@nowhere.test");
    operator.press("Fill in for me");
    assertTrue(operator.text().contains("Nothing is known about nowhere.test"), operator::text);
    screens.look(operator.page(), "fill-in-nothing");
  }

  @Test
  @Order(3)
  void sender_report_says_what_receivers_see_and_what_to_publish() {
    operator.openTab("SMTP");
    operator.fill("Outgoing Server", "smtp.sendgrid.net").fill("From Email", "ann@shop.test");
    operator.press("sender report");
    assertTrue(operator.text().contains("How ann@shop.test looks to receivers"), operator::text);
    screens.look(operator.page(), "sender-report");
  }

  @Test
  @Order(4)
  void wrong_security_is_mended_by_a_button() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.tls", "STARTTLS", "alice");
    operator.uploadAuthority(LAB.authority());
    operator.fold();
    operator.validate();
    screens.look(operator.page(), "repair-security");
    operator.press("Use TLS from the start");
    operator.awaitText(WORKS);
    assertTrue(operator.choice("TLS from the start").isChecked());
  }

  @Test
  @Order(5)
  void slip_in_the_name_of_a_provider_is_mended_by_a_button() {
    operator.openTab("SMTP");
    fill("smtp.gmial.com", 587, "ann@gmail.com", "ann@gmail.com");
    operator.validate();
    screens.look(operator.page(), "repair-host");
    assertEquals(1, operator.buttons("Use smtp.gmail.com"), operator::text);
  }

  @Test
  @Order(6)
  void sender_of_another_account_is_mended_by_a_button_and_replies_still_reach_it() {
    try (var peer =
        ScriptedRelay.saying(
            Map.of(
                "MAIL FROM:<news@shop.test>",
                "553 5.7.1 <news@shop.test>: Sender address rejected: not owned by user ann@shop.test"))) {
      operator.openTab("SMTP");
      fill("peer.test", peer.port(), "news@shop.test", "ann@shop.test");
      operator.choice("None").check();
      consent();
      operator.validate();
      screens.look(operator.page(), "repair-sender");
      operator.press("Send from ann@shop.test, replies to news@shop.test");
      operator.awaitText(WORKS);
      assertEquals("ann@shop.test", operator.field("From Email").inputValue());
      assertEquals("news@shop.test", operator.field("Reply-To").inputValue());
      screens.look(operator.page(), "repaired-sender");
    }
  }

  @Test
  @Order(7)
  void user_name_without_its_domain_is_mended_by_a_button() {
    try (var peer =
        ScriptedRelay.saying(
            Map.of("AUTH PLAIN AGFubgB", "535 5.7.8 Use your full email address as user name"))) {
      operator.openTab("SMTP");
      fill("peer.test", peer.port(), "ann@shop.test", "ann");
      operator.choice("None").check();
      consent();
      operator.validate();
      screens.look(operator.page(), "repair-username");
      operator.press("Sign in as ann@shop.test");
      operator.awaitText(WORKS);
      assertEquals("ann@shop.test", operator.field("Username").inputValue());
    }
  }

  @Test
  @Order(8)
  void silence_is_told_at_once_and_a_late_greeting_is_still_good() {
    try (var peer = ScriptedRelay.silent()) {
      operator.openTab("SMTP");
      fill("peer.test", peer.port(), "ann@shop.test", "");
      operator.choice("None").check();
      operator.press("Validate configuration");
      operator.awaitText("Waiting for the greeting");
      screens.look(operator.page(), "waiting");
      operator.awaitText("no greeting for 5 s");
      screens.look(operator.page(), "provisional");
      peer.greet();
      assertEquals(WORKS, operator.verdict());
    }
  }

  @Test
  @Order(9)
  void cancelled_check_shows_what_was_reached() {
    try (var peer = ScriptedRelay.silent()) {
      operator.openTab("SMTP");
      fill("peer.test", peer.port(), "ann@shop.test", "");
      operator.choice("None").check();
      operator.press("Validate configuration");
      operator.awaitText("Waiting for the greeting");
      operator.press("Cancel");
      operator.awaitText("Cancelled");
      assertEquals("passed", operator.rung("Connect"));
      assertEquals("not reached", operator.rung("Greeting"));
      screens.look(operator.page(), "cancelled");
    }
  }

  /// Without HTTPS browsers have no clipboard for scripts, unless they run on the same machine, as
  /// here: it is taken away for the second time.
  @Test
  @Order(10)
  void what_is_copied_for_support_tells_all_but_the_password() {
    try (var peer = ScriptedRelay.saying(Map.of("AUTH PLAIN", "535 5.7.8 Authentication failed"))) {
      operator.openTab("SMTP");
      fill("peer.test", peer.port(), "ann@shop.test", "ann@shop.test");
      operator.choice("None").check();
      consent();
      operator.validate();
      operator.openMore();
      for (var with : List.of("undefined", "navigator.clipboard")) {
        operator
            .page()
            .evaluate(
                "Object.defineProperty(navigator, 'clipboard', {value: %s, configurable: true})"
                    .formatted(with));
        var text = copiedForSupport();
        assertTrue(text.startsWith("Postern "), text);
        assertTrue(
            text.contains("\npeer.test, port %s, None, with sign-in, 20".formatted(peer.port())),
            text);
        assertTrue(text.contains("cause: auth-bad-credentials"), text);
        assertTrue(text.contains("Sign-in: failed"), text);
        assertTrue(text.contains("C: AUTH PLAIN ***"), text);
        assertTrue(text.contains("S: 535 5.7.8 Authentication failed"), text);
        assertFalse(text.contains(PASSWORD), text);
      }
      operator.page().evaluate("document.execCommand = () => false");
      operator
          .page()
          .evaluate(
              "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})");
      operator.press("Copy for support");
      operator.awaitText("Not copied. It is selected: press Ctrl+C");
      screens.look(operator.page(), "not-copied");
    }
  }

  /// The clipboard holds something else before.
  private static String copiedForSupport() {
    var field = operator.field("Certificates");
    field.fill("something else");
    field.press("Control+A");
    field.press("Control+X");
    operator.press("Copy for support");
    operator.awaitText("Copied");
    field.press("Control+V");
    operator.awaitText("Copy for support");
    return field.inputValue();
  }

  @Test
  @Order(11)
  void every_state_is_fit_for_everybody() {
    screens.assertNoComplaints();
  }

  private static void fill(String host, int port, String from, String user) {
    operator.fill("Outgoing Server", host).fill("Outgoing Port", String.valueOf(port));
    operator.fill("From Email", from).fill("Username", user);
    operator.fill("Password", user.isEmpty() ? "" : PASSWORD);
  }

  /// A name that is no loopback address asks before a password goes out in clear text.
  private static void consent() {
    operator.press("Validate configuration");
    operator.field("Send the password in clear text").check();
    operator.fill("Password", PASSWORD);
  }
}
