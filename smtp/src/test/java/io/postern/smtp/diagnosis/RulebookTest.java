package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Condition.Situation;
import io.postern.smtp.diagnosis.Observation.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every rule has a case, and every case leads to its rule's cause. A case is written `STAGE REPLY
/// {user=…, password=…, from=…, to=…, auth=…, security=none, port=25, exchangers=mx.example.net,
/// day=2027-01-01}`; what is left out is an account that signed in with its own address over
/// STARTTLS on 587.
class RulebookTest {
  private static final Pattern CASE = Pattern.compile("([a-z_]+) (.*?)(?: \\{([^{}]*)})?");

  @Test
  void a_host_belongs_to_the_first_provider_in_the_index_that_owns_it() {
    var hosts =
        Rulebook.providers().stream()
            .flatMap(provider -> provider.marks().hosts().stream())
            .flatMap(
                host -> Stream.of(host.replace("*", "a.B"), host.replace("*.", ""), "x" + host))
            .toList();
    assertTrue(hosts.size() > 200);
    for (var host : hosts) {
      var owner = Rulebook.providers().stream().filter(provider -> provider.owns(host)).findFirst();
      assertEquals(owner, Optional.ofNullable(Rulebook.ofHost(host)), host);
    }
    assertTrue(hosts.stream().anyMatch(host -> Rulebook.ofHost(host) == null));
  }

  @TestFactory
  Stream<DynamicTest> every_case_leads_to_the_cause_of_its_rule() {
    return Rulebook.providers().stream()
        .flatMap(provider ->
            provider.rules().stream()
                .flatMap(rule ->
                    rule.cases().stream()
                        .map(text ->
                            DynamicTest.dynamicTest(
                                rule.where() + " " + text, () -> leadsTo(provider, rule, text)))));
  }

  /// Words of many servers, some near to one another, that no rule was made from.
  @TestFactory
  Stream<DynamicTest> lookalikes_lead_to_their_cause_and_never_for_certain_to_another()
      throws IOException {
    var protocol =
        Rulebook.providers().stream()
            .filter(provider -> provider.id().equals("protocol"))
            .findFirst()
            .orElseThrow();
    return Files.readAllLines(Path.of("src/test/resources/replies/lookalikes.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line ->
            DynamicTest.dynamicTest(
                line,
                () -> {
                  var equals = line.lastIndexOf(" = ");
                  var causes = List.of(line.substring(equals + 3).split(" or "));
                  var ruling = Rulebook.rule(situation(protocol, line.substring(0, equals)));
                  assertNotNull(ruling, "no rule");
                  assertTrue(
                      causes.contains(ruling.rule().cause()),
                      () ->
                          ruling.certainty()
                              + " "
                              + ruling.rule().cause()
                              + " by "
                              + ruling.rule().where());
                }));
  }

  @Test
  void mailbox_that_is_full_for_good_is_not_tried_again() {
    for (var reply : List.of("452 4.2.2 Mailbox full", "552 5.2.2 Mailbox full")) {
      var context = context(Rulebook.providers().getLast(), Stage.RCPT_TO, Map.of());
      var finding = new Finding.Refused("RCPT TO", PastedReply.parse(reply));
      var diagnosis = Diagnoser.diagnose(Stage.RCPT_TO, finding, context);
      assertEquals("mailbox-full", diagnosis.cause());
      assertEquals(reply.startsWith("4"), diagnosis.retryUseful(), reply);
    }
  }

  @Test
  void every_rule_has_a_case() {
    var without =
        Rulebook.providers().stream()
            .flatMap(provider -> provider.rules().stream())
            .filter(rule -> rule.cases().isEmpty())
            .map(Rule::where)
            .toList();
    assertEquals(List.of(), without);
  }

  @Test
  void the_index_names_every_file() throws IOException {
    var folder = Path.of("src/main/resources/io/postern/smtp/diagnosis/providers");
    try (var files = Files.list(folder)) {
      var present =
          files
              .map(file -> file.getFileName().toString().replace(".txt", ""))
              .filter(name -> !name.equals("index"))
              .collect(Collectors.toCollection(TreeSet::new));
      var named =
          Rulebook.providers().stream()
              .map(Provider::id)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(present, named);
    }
  }

  @Test
  void an_acceptance_is_one_whatever_its_queue_number_spells() {
    var reply = PastedReply.parse("250 2.0.0 Ok: queued as 4X998uce, content score spam blocked");
    assertFalse(Rulebook.mayRefute(reply));
    for (var provider : Rulebook.providers()) {
      var context = context(provider, Stage.DATA, Map.of());
      assertNull(
          Rulebook.rule(new Situation(Stage.DATA, "final dot", reply, context)), provider.id());
    }
  }

  @Test
  void R166_words_alone_are_never_certain_nor_is_anything_about_a_server_not_recognized() {
    for (var provider : Rulebook.providers()) {
      for (var rule : provider.rules()) {
        assertFalse(rule.certainty(false) == Certainty.CERTAIN, rule.where());
        if (!rule.pattern().isStructural()) {
          assertFalse(rule.certainty(true) == Certainty.CERTAIN, rule.where());
        }
      }
    }
  }

  private static void leadsTo(Provider provider, Rule rule, String text) {
    var situation = situation(provider, text);
    var ruling = Rulebook.rule(situation);
    assertNotNull(ruling, "no rule");
    assertEquals(rule.cause(), ruling.rule().cause(), "by " + ruling.rule().where());
    var reply = situation.reply();
    assertEquals(reply.isPositive(), reply.isPositive() && Rulebook.mayRefute(reply));
  }

  private static Situation situation(Provider provider, String text) {
    var parsed = CASE.matcher(text);
    assertTrue(parsed.matches(), "a case is STAGE REPLY {…}");
    var stage = Stage.valueOf(parsed.group(1).toUpperCase(Locale.ROOT));
    var around = around(parsed.group(3));
    var command =
        switch (stage) {
          case BANNER -> "connect";
          case EHLO -> "EHLO";
          case STARTTLS -> "STARTTLS";
          case AUTH -> "AUTH " + around.getOrDefault("auth", "PLAIN");
          case MAIL_FROM -> "MAIL FROM";
          case RCPT_TO -> "RCPT TO";
          default -> around.getOrDefault("command", "final dot");
        };
    return new Situation(
        stage, command, PastedReply.parse(parsed.group(2)), context(provider, stage, around));
  }

  private static DiagnosisContext context(
      Provider provider, Stage stage, Map<String, String> around) {
    var user = around.getOrDefault("user", "console@example.net");
    var anonymous = user.isEmpty();
    var offers = around.getOrDefault("auth", anonymous ? "" : "PLAIN");
    return new DiagnosisContext(
        around.getOrDefault("host", host(provider)),
        Integer.parseInt(around.getOrDefault("port", "587")),
        Security.valueOf(around.getOrDefault("security", "starttls").toUpperCase(Locale.ROOT)),
        around.getOrDefault(
            "banner",
            provider.marks().banners().stream().map(Words::text).findFirst().orElse("ready")),
        around.containsKey("starttls") ? List.of("STARTTLS") : List.of(),
        offers.isEmpty() ? List.of() : List.of(offers.split(" ")),
        List.of(),
        user,
        Secret.of(around.getOrDefault("password", "Kiesel!Bank88")),
        !anonymous && stage.compareTo(Stage.AUTH) > 0,
        around.getOrDefault("from", anonymous ? "console@example.net" : user),
        around.getOrDefault("to", "somebody@example.org"),
        around.getOrDefault("ehlo", ""),
        Instant.parse(around.getOrDefault("day", "2026-11-25") + "T12:00:00Z"),
        evidence(around));
  }

  private static Evidence evidence(Map<String, String> around) {
    var observations = new ArrayList<Observation>();
    var exchangers =
        around.containsKey("exchangers")
            ? List.of(around.get("exchangers").split(" "))
            : List.<String>of();
    for (var role : List.of(Domain.Role.SENDER, Domain.Role.RECIPIENT)) {
      var state = around.getOrDefault(role.name().toLowerCase(Locale.ROOT), "EXISTS");
      observations.add(new Domain(role, "example.net", Domain.State.valueOf(state), exchangers));
    }
    return new Evidence(Circumstances.UNKNOWN, List.of(), List.of(), Clocks.UNKNOWN, observations);
  }

  private static String host(Provider provider) {
    return provider.marks().hosts().stream()
        .findFirst()
        .map(pattern -> pattern.replace("*.", "smtp."))
        .orElse("mail.example.net");
  }

  private static Map<String, String> around(String text) {
    var values = new HashMap<String, String>();
    if (text != null) {
      for (var pair : text.split(", ?", -1)) {
        var equals = pair.indexOf('=');
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return values;
  }
}
