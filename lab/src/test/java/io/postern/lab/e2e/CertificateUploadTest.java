package io.postern.lab.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import io.postern.lab.Lab;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of certificates as operators have them: binary ones, far too large ones, private keys.
@Tag("lab")
class CertificateUploadTest {
  private static final Lab LAB = Lab.running();
  @TempDir static Path data;
  @TempDir static Path files;
  private static ConsoleProcess console;
  private static Screens screens;
  private static Operator operator;

  @BeforeAll
  static void start() {
    console = ConsoleProcess.start(LAB.project().resolve("postern"), data);
    screens = Screens.open(Path.of("target", "screens", "upload"));
    operator = new Operator(console, screens.stranger());
    operator.page().navigate(console.setupLink());
    operator.setUp();
  }

  @AfterAll
  static void stop() {
    screens.close();
    console.close();
  }

  @BeforeEach
  void openTheForm() {
    operator.openTab("SMTP");
    operator.relay(LAB, "postfix.starttls", "STARTTLS", "alice").openMore();
  }

  @Test
  void a_binary_certificate_is_taken_as_text_and_trusted() throws IOException {
    operator.uploadAuthority(Files.write(files.resolve("authority.cer"), authority()));

    assertTrue(operator.field("Certificates").inputValue().startsWith("-----BEGIN CERTIFICATE"));
    operator.press("Validate configuration");
    operator.page().locator(".verdict.passed").waitFor();
  }

  @Test
  void a_file_that_is_too_large_is_told_at_its_field_and_keeps_the_form() throws IOException {
    choose(Files.write(files.resolve("large.pem"), new byte[3 << 20]));

    assertEquals(
        "large.pem has 3072 KiB; 64 KiB of certificates are taken. The authority that signed the server's certificate is enough, or the server's own certificate.",
        fault());
    operator.field("Certificates").fill("x".repeat(70_000));
    operator.press("Validate configuration");
    assertTrue(fault().startsWith("These are 69 KiB"), CertificateUploadTest::fault);
    assertEquals(LAB.host(), operator.field("Outgoing Server").inputValue());
  }

  @Test
  void a_private_key_never_leaves_the_browser() throws GeneralSecurityException, IOException {
    var text = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
    choose(Files.writeString(files.resolve("key.pem"), text, StandardCharsets.US_ASCII));
    assertTrue(fault().startsWith("key.pem holds a private key."), CertificateUploadTest::fault);
    choose(Files.write(files.resolve("key.der"), new byte[] {0x30, 3, 2, 1, 0}));
    assertTrue(fault().startsWith("key.der holds a private key."), CertificateUploadTest::fault);
    var hidden = new EncryptedPrivateKeyInfo("PBEWithSHA1AndDESede", new byte[300]).getEncoded();
    choose(Files.write(files.resolve("hidden.der"), hidden));
    assertTrue(fault().startsWith("hidden.der holds a private key."), CertificateUploadTest::fault);
    choose(Files.write(files.resolve("both.der"), joined(authority(), hidden)));
    assertTrue(fault().startsWith("both.der holds a private key."), CertificateUploadTest::fault);
    choose(Files.writeString(files.resolve("list.txt"), "0 0 s: " + "x".repeat(200) + "\n" + text));
    assertTrue(fault().startsWith("list.txt holds a private key."), CertificateUploadTest::fault);

    assertEquals("", operator.field("Certificates").inputValue());
    screens.look(operator.page(), "a-private-key");
  }

  @Test
  void a_public_key_is_no_certificate() throws GeneralSecurityException, IOException {
    var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
    choose(Files.write(files.resolve("public.der"), key));
    assertTrue(fault().startsWith("public.der holds no cert"), CertificateUploadTest::fault);
    assertEquals("", operator.field("Certificates").inputValue());
  }

  /// What `openssl s_client -showcerts` prints, without the blank before it: "0 s" looks like the
  /// beginning of 32 octets in binary form.
  @Test
  void a_text_that_begins_like_a_binary_form_is_a_text() throws IOException {
    for (var begins : List.of("0 s:CN=relay.test", "0 0 s:CN=relay.test")) {
      var text = begins + ", and what else is printed\n" + Files.readString(LAB.authority());
      operator.field("Certificates").fill("");
      operator.uploadAuthority(Files.writeString(files.resolve("chain.txt"), text));
      assertTrue(operator.field("Certificates").inputValue().startsWith(begins));
    }
  }

  @Test
  void what_is_neither_text_nor_a_certificate_stays_out_of_the_field() throws IOException {
    var noise = new byte[2_000];
    new Random(7).nextBytes(noise);
    choose(Files.write(files.resolve("noise.crt"), noise));
    assertTrue(fault().startsWith("noise.crt holds no certificate."), CertificateUploadTest::fault);
    assertEquals("", operator.field("Certificates").inputValue());
    noise[0] = 0x30;
    choose(Files.write(files.resolve("sequence.crt"), noise));
    assertTrue(fault().startsWith("sequence.crt holds no cert"), CertificateUploadTest::fault);
    assertEquals("", operator.field("Certificates").inputValue());
  }

  @Test
  void a_sentence_that_goes_takes_its_border_along() throws IOException {
    choose(Files.write(files.resolve("huge.pem"), new byte[1 << 20]));
    assertEquals("true", operator.field("Certificates").getAttribute("aria-invalid"));

    operator.press("Validate configuration");
    operator.page().waitForCondition(() -> told().count() == 0);

    assertNull(operator.field("Certificates").getAttribute("aria-invalid"));
  }

  @Test
  void without_scripts_no_upload_is_offered() {
    var plain = new Operator(console, screens.withoutScripts());
    plain.signIn();
    plain.openTab("SMTP");
    plain.openMore();

    assertFalse(plain.page().getByLabel("Upload a file").isVisible());
  }

  /// The lab's authority in binary form.
  private static byte[] authority() throws IOException {
    var pem = Files.readString(LAB.authority());
    var body = pem.replaceAll("(?s).*-----BEGIN CERTIFICATE-----|-----END.*", "");
    return Base64.getMimeDecoder().decode(body);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static void choose(Path file) {
    operator.page().getByLabel("Upload a file").setInputFiles(file);
    operator.page().waitForCondition(() -> fault().startsWith(String.valueOf(file.getFileName())));
  }

  private static String fault() {
    return told().count() == 0 ? "" : told().innerText();
  }

  private static Locator told() {
    return operator.page().locator("#trusted-note .fault");
  }
}
