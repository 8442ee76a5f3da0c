package io.postern.smtp.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.postern.smtp.session.Dialer;
import io.postern.smtp.session.Session;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.NioClient;

/// What the module needs, shows and reaches for: dnsjava, scram-client and the JDK; sockets through
/// a [Dialer], time and chance through the network that is passed in (R-501, R-510; PLAN).
class ModuleTest {
  private static final String[] INSIDE = {
    "io.postern.smtp..",
    "java..",
    "javax.naming..",
    "javax.net..",
    "javax.crypto..",
    "javax.security.auth.x500..",
    "org.xbill.DNS..",
    "com.ongres.scram..",
    "org.jspecify.."
  };

  private static JavaClasses classes = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.postern.smtp");
    assertTrue(classes.contain(Session.class));
  }

  @Test
  void it_requires_dnsjava_and_scram_client_and_nothing_else_but_the_jdk() {
    assertEquals(
        Set.of(
            "java.base", "java.naming", "org.jspecify", "org.dnsjava", "com.ongres.scram.client"),
        descriptor().requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet()));
  }

  @Test
  void null_marks_are_needed_by_the_compiler_only() {
    assertTrue(
        descriptor().requires().stream()
            .filter(requires -> requires.name().equals("org.jspecify"))
            .allMatch(requires ->
                requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)));
  }

  @Test
  void wire_sign_in_and_probes_are_hidden() {
    var shown =
        descriptor().exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toCollection(TreeSet::new));
    for (var hidden : Set.of("wire", "auth", "probe")) {
      assertTrue(!shown.contains("io.postern.smtp." + hidden), hidden);
    }
    for (var open : Set.of("check", "diagnosis", "dns", "message", "session", "tls")) {
      assertTrue(shown.contains("io.postern.smtp." + open), open);
    }
  }

  @Test
  void it_uses_what_it_requires() {
    ArchRuleDefinition.classes()
        .should()
        .onlyDependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(INSIDE)
                .or(
                    DescribedPredicate.describe(
                        "primitives and arrays", type -> type.getPackageName().isEmpty())))
        .check(classes);
  }

  @Test
  void only_dialers_open_sockets() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotImplement(Dialer.class)
        .and()
        // To a name server.
        .doNotHaveFullyQualifiedName("io.postern.smtp.dns.Exchange")
        .should()
        .callConstructor(Socket.class)
        .orShould()
        .callConstructor(Socket.class, String.class, int.class)
        .orShould()
        .callConstructor(Socket.class, InetAddress.class, int.class)
        .orShould()
        .callMethod(SocketChannel.class, "open")
        .orShould()
        .callMethod(SocketFactory.class, "getDefault")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ServerSocket.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(DatagramSocket.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(HttpURLConnection.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(classes);
  }

  /// Its connections are shared by all questions and read for as long as a server sends.
  @Test
  void R530_the_network_side_of_dnsjava_is_not_used() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(org.xbill.DNS.Resolver.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(NioClient.class)
        .check(classes);
  }

  @Test
  void names_are_looked_up_by_resolvers_only() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(InetAddress.class, "getByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getAllByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getLocalHost")
        .orShould()
        .callMethod(InetAddress.class, "getHostName")
        .orShould()
        .callMethod(InetAddress.class, "getCanonicalHostName")
        .orShould()
        .callMethod(URL.class, "openConnection")
        .orShould()
        .callMethod(URL.class, "openStream")
        .check(classes);
  }

  @Test
  void the_clock_is_asked_through_the_network_only() {
    ArchRuleDefinition.noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callConstructor(java.util.Random.class)
        .orShould()
        .callConstructor(java.security.SecureRandom.class)
        .check(classes);
  }

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(Path.of("target/classes"))
        .find("io.postern.smtp")
        .orElseThrow()
        .descriptor();
  }
}
