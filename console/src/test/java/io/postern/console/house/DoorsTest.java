package io.postern.console.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.postern.smtp.session.Dialer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may use whom (PLAN: few walls, many doors with a test on each; docs/adr/0002).
class DoorsTest {
  private static final String ROOT = "io.postern.console.";
  private static final String SMTP = "io.postern.smtp";

  /// The rooms that each room may enter, besides itself, `platform` and `audit`.
  private static final Map<String, List<String>> DOORS =
      Map.ofEntries(
          Map.entry("platform", List.of()),
          Map.entry("audit", List.of("platform")),
          Map.entry("settings", List.of("platform", "audit")),
          Map.entry("outbox", List.of("platform", "audit", "settings")),
          Map.entry("letters", List.of("platform", "audit", "settings", "outbox")),
          Map.entry("accounts", List.of("platform", "audit", "settings", "outbox", "letters")),
          Map.entry(
              "tenants", List.of("platform", "audit", "settings", "outbox", "letters", "accounts")),
          Map.entry(
              "overview",
              List.of("platform", "audit", "settings", "outbox", "letters", "accounts", "tenants")),
          Map.entry(
              "api",
              List.of("platform", "audit", "settings", "outbox", "letters", "accounts", "tenants")),
          Map.entry(
              "cli",
              List.of(
                  "platform", "audit", "settings", "outbox", "letters", "accounts", "tenants")));

  private static JavaClasses classes = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.postern");
  }

  @TestFactory
  Stream<DynamicTest> rooms_use_their_doors() {
    return DOORS.entrySet().stream()
        .map(room ->
            DynamicTest.dynamicTest(
                room.getKey(), () -> checkDoors(room.getKey(), room.getValue())));
  }

  @Test
  void every_room_has_its_doors() {
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage("io.postern.console..")
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .resideOutsideOfPackage("io.postern.console.jte..")
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("io.postern.console"),
                    DOORS.keySet().stream().map(room -> ROOT + room + ".."))
                .toArray(String[]::new))
        .check(classes);
  }

  @Test
  void the_console_does_not_reach_into_the_wire() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.postern.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SMTP + ".wire..", SMTP + ".auth..")
        .check(classes);
  }

  @Test
  void R510_only_the_engine_opens_sockets_to_mail_servers() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(SMTP + ".session..", SMTP + ".tls..")
        .and()
        // To a name server, not to a mail server.
        .doNotHaveFullyQualifiedName(SMTP + ".dns.Exchange")
        .should()
        .callConstructor(Socket.class)
        .orShould()
        .callMethod(SocketChannel.class, "open")
        .orShould()
        .callConstructor(ServerSocket.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.http.HttpClient")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.net.SocketFactory")
        .check(classes);
  }

  @Test
  void the_mail_library_only_composes() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.postern.console.letters..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
        .check(classes);
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.mail.Transport")
        .check(classes);
  }

  @Test
  void R510_one_engine_serves_checks_and_deliveries() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("io.postern.console..")
        .and()
        .doNotImplement(Dialer.class)
        .and()
        .doNotHaveSimpleName("RehearsalRelay")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .because("a check and a delivery both come from smtp.session through the same Dialer")
        .check(classes);
  }

  /// Names in certificates are read by a class of the JDK that lives among its directories.
  @Test
  void R574_no_data_becomes_an_object_an_expression_or_a_document() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectOutputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.naming.InitialContext")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.naming.directory..",
            "javax.script..",
            "javax.xml..",
            "org.xml..",
            "org.w3c.dom..",
            "org.springframework.expression..",
            "org.springframework.jndi..")
        .check(classes);
  }

  @Test
  void the_relay_of_the_rehearsal_opens_no_connection() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveSimpleName("RehearsalRelay")
        .should()
        .callConstructor(Socket.class, String.class, int.class)
        .orShould()
        .callConstructor(Socket.class, InetAddress.class, int.class)
        .orShould()
        .callConstructor(Socket.class)
        .orShould()
        .callMethod(Socket.class, "connect", SocketAddress.class)
        .orShould()
        .callMethod(Socket.class, "connect", SocketAddress.class, int.class)
        .check(classes);
  }

  private static void checkDoors(String room, List<String> doors) {
    var closed =
        DOORS.keySet().stream()
            .filter(other -> !other.equals(room) && !doors.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(closed)
        .allowEmptyShould(true)
        .check(classes);
  }
}
