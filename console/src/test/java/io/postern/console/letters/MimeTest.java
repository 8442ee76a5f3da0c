package io.postern.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.smtp.Mailbox;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// every letter, packed and read back.
final class MimeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Mailbox SENDER = Mailbox.parse("postern@mail.example.com");
  private static final String LINK =
      "https://postern.example.com/link/0192f0c0ffee0192f0c0ffee0192f0c0/"
          + "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";

  static Stream<String> difficultNames() {
    return Stream.of(
        "\"Ada, Countess\" <ada@evil.test>; (she) @home:",
        "Zo\u00eb \u0141ukasz \u5f20\u4f1f",
        "\ud83d\udc69\u200d\ud83d\udd2c Lab \ud83c\udde8\ud83c\udded",
        "\u202egnp.evil\u202c",
        "line\r\nBcc: thief@evil.test\r\n\r\nbody",
        "{{7*7}} ${7*7} <img src=x onerror=alert(1)>",
        "https://evil.test click",
        "\ud83d\ude00".repeat(300),
        "x".repeat(300),
        "\ud800 half a character");
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void R260_each_header_stands_once_and_there_is_no_bcc(LetterKind kind) throws Exception {
    var message = parse(packed(kind, Map.of()));
    for (var once : List.of("From", "Date", "Message-ID", "To", "Subject", "MIME-Version")) {
      assertThat(message.getHeader(once)).as(once).hasSize(1);
    }
    for (var never : List.of("Bcc", "Cc", "Sender")) {
      assertThat(message.getHeader(never)).as(never).isNull();
    }
    assertThat(message.getHeader("Date")).containsExactly("Tue, 24 Nov 2026 12:00:00 +0000");
    assertThat(message.getReplyTo()).containsExactly(new InternetAddress("help@example.com"));
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void R263_each_letter_says_once_that_no_person_wrote_it(LetterKind kind) throws Exception {
    assertThat(parse(packed(kind, Map.of())).getHeader("Auto-Submitted"))
        .containsExactly("auto-generated");
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void R264_no_letter_can_be_unsubscribed_from(LetterKind kind) throws Exception {
    assertThat(parse(packed(kind, Map.of())).getHeader("List-Unsubscribe")).isNull();
  }

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void R153_each_letter_passes_where_only_seven_bits_do(LetterKind kind) {
    assertClean(packed(kind, Map.of(LetterValues.TEXT, "Gr\u00fc\u00dfe \ud83d\ude00")));
  }

  @Test
  void R261_the_message_id_is_the_stored_one_on_every_try() throws Exception {
    assertThat(parse(packed(LetterKind.INVITATION, Map.of())).getMessageID()).isEqualTo("<id@x>");
    assertThat(parse(packed(LetterKind.INVITATION, Map.of())).getMessageID()).isEqualTo("<id@x>");
  }

  @ParameterizedTest
  @MethodSource("difficultNames")
  void R265_any_name_gives_a_clean_message_that_reads_back(String name) throws Exception {
    var octets =
        Mime.pack(letter(LetterKind.INVITATION, named(name)), header("Ops \"Team\", " + name));

    assertClean(octets);
    var message = parse(octets);
    assertThat(message.getFrom()).hasSize(1);
    assertThat(((InternetAddress) message.getFrom()[0]).getAddress()).isEqualTo(SENDER.toString());
    assertThat(message.getRecipients(Message.RecipientType.TO))
        .containsExactly(new InternetAddress("ada@example.com"));
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getSubject())
        .isEqualTo("Your invitation to %s on Postern".formatted(PlainName.of(name)));
    for (var line : message.getHeader("Subject")[0].split("\r\n", -1)) {
      Stream.of(line.split("\\s+", -1))
          .filter(word -> word.startsWith("=?"))
          .forEach(word -> assertThat(word.length()).isLessThanOrEqualTo(75));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LetterKind.class,
      names = {"ACCOUNT_NOTICE", "RELAY_CHANGED", "TEST", "API"},
      mode = EnumSource.Mode.EXCLUDE)
  void R266_the_link_stands_alone_and_is_the_only_address_of_the_letter(LetterKind kind)
      throws Exception {
    var octets = packed(kind, Map.of());
    var parts = (MimeMultipart) parse(octets).getContent();
    var text = (String) parts.getBodyPart(0).getContent();
    var html = (String) parts.getBodyPart(1).getContent();

    assertThat(parse(octets).isMimeType("multipart/alternative")).isTrue();
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat(text.lines()).contains(LINK);
    assertThat(new String(octets, StandardCharsets.US_ASCII)).contains("\r\n" + LINK + "\r\n");
    assertThat(text.lines().filter(line -> !line.equals(LINK))).noneMatch(MimeTest::isLinked);
    assertThat(html.replace(LINK, "")).doesNotContain("://").doesNotContain("src=");
    assertThat(html).contains("href=\"" + LINK + "\"");
    assertThat(html).contains("<meta name=\"color-scheme\" content=\"light dark\">");
    assertThat(html.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("background-color:#fff")
        .doesNotContain("background:");
  }

  @ParameterizedTest
  @EnumSource(
      value = LetterKind.class,
      names = {"ACCOUNT_NOTICE", "RELAY_CHANGED"})
  void R266_a_notice_that_asks_for_nothing_has_no_address_at_all(LetterKind kind) throws Exception {
    var parts = (MimeMultipart) parse(packed(kind, Map.of())).getContent();
    var text = (String) parts.getBodyPart(0).getContent();
    var html = (String) parts.getBodyPart(1).getContent();

    assertThat(text.lines()).noneMatch(MimeTest::isLinked);
    assertThat(html)
        .doesNotContain("://")
        .doesNotContain("href=")
        .doesNotContain("src=")
        .contains("<meta name=\"color-scheme\" content=\"light dark\">");
  }

  @ParameterizedTest
  @MethodSource("difficultNames")
  void R503_names_never_become_links_or_markup(String name) {
    var letter = letter(LetterKind.INVITATION, named(name));

    assertThat(letter.text().replace(LINK, "").lines()).noneMatch(MimeTest::isLinked);
    assertThat(letter.html())
        .isNotNull()
        .doesNotContain("<img")
        .doesNotContain("evil.test")
        .doesNotContain("\u202e");
    assertThat(PlainName.of(name).codePointCount(0, PlainName.of(name).length()))
        .isLessThanOrEqualTo(PlainName.CHARACTERS_MAX);
  }

  @ParameterizedTest
  @CsvSource({
    "Bits/Bytes </script>, Bits/Bytes </script>",
    "https://evil.test/x, https: / /evil. test/x",
    "//evil.test, / /evil. test",
    "evil.test/x, evil. test/x"
  })
  void R503_a_name_is_changed_only_where_it_could_become_a_link(String name, String shown) {
    assertThat(PlainName.of(name)).isEqualTo(shown);
  }

  @Test
  void R503_a_server_that_somebody_chose_can_be_read_and_becomes_no_link() {
    var shown = PlainName.ofPlace("mail.evil.test, port 587, as a.b@evil.test");

    assertThat(shown).isEqualTo("mail[.]evil[.]test, port 587, as a[.]b[at]evil[.]test");
    assertThat(isLinked(shown)).isFalse();
  }

  @Test
  void long_lines_of_the_platforms_mails_are_packed_and_read_back_whole() throws Exception {
    var text = "x".repeat(5_000) + "\r\n.\r\nFrom here\r\n";
    var octets = packed(LetterKind.API, Map.of(LetterValues.TEXT, text));

    assertClean(octets);
    assertThat(parse(octets).getContent()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"255,false", "256,true", "5000,true"})
  void R152_a_word_that_no_line_holds_is_written_in_pieces(int length, boolean pieces)
      throws Exception {
    var word = "x".repeat(length - 1) + "y";
    var octets = Mime.pack(new RenderedLetter("A " + word, "Hello\r\n", null), header(word));

    assertClean(octets);
    var message = parse(octets);
    assertThat(message.getSubject()).isEqualTo("A " + word);
    assertThat(message.getHeader("Subject")[0].contains("=?")).isEqualTo(pieces);
    assertThat(message.getFrom())
        .containsExactly(new InternetAddress(SENDER.toString(), word, "UTF-8"));
    assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo(word);
  }

  @Test
  void international_addresses_are_written_as_they_are() throws Exception {
    var to = Mailbox.parse("zo\u00eb@example.com");
    var header = new Mime.Header(SENDER, "", null, to, "<id@x>", NOW);
    var octets = Mime.pack(letter(LetterKind.TEST, Map.of()), header);

    assertThat(new String(octets, StandardCharsets.UTF_8)).contains("To: zo\u00eb@example.com\r\n");
  }

  /// CRLF and nothing else ends a line, 7 bits, at most 998 octets.
  private static void assertClean(byte[] octets) {
    var text = new String(octets, StandardCharsets.ISO_8859_1);
    assertThat(Pattern.compile("(?<!\r)\n|\r(?!\n)").matcher(text).find()).isFalse();
    assertThat(text.chars()).allMatch(octet -> octet < 128 && octet != 0);
    assertThat(text.split("\r\n", -1)).allMatch(line -> line.length() <= 998);
  }

  private static boolean isLinked(String line) {
    return Pattern.compile("://|www\\.|\\p{L}\\.test|@evil").matcher(line).find();
  }

  private static byte[] packed(LetterKind kind, Map<String, String> more) {
    return Mime.pack(letter(kind, more), header("Postern"));
  }

  private static RenderedLetter letter(LetterKind kind, Map<String, String> more) {
    var values = new HashMap<>(SampleValues.of("https://postern.example.com", NOW, kind));
    values.put(LetterValues.LINK, LINK);
    values.putAll(more);
    return Printing.press().print(kind, Printing.ADA, values);
  }

  private static Map<String, String> named(String name) {
    return Map.of(LetterValues.NAME, name, LetterValues.TENANT, name);
  }

  private static Mime.Header header(String fromName) {
    @Nullable Mailbox replyTo = Mailbox.parse("help@example.com");
    return new Mime.Header(SENDER, fromName, replyTo, Printing.ADA, "<id@x>", NOW);
  }

  private static MimeMessage parse(byte[] octets) throws Exception {
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
  }
}
