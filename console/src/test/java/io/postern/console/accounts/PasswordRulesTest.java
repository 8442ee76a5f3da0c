package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.smtp.Secret;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// how long a password is, and which ones attackers try first.
final class PasswordRulesTest {
  private final PasswordRules rules = new PasswordRules();

  @Test
  void R564_15_to_128_characters_are_taken() {
    assertThat(refuse(of(14))).contains("at least 15 characters", "has 14");
    assertThat(refuse(of(15))).isNull();
    assertThat(refuse(of(128))).isNull();
    assertThat(refuse(of(129))).contains("at most 128 characters", "has 129");
  }

  @Test
  void R564_a_character_is_a_character_whatever_it_takes_in_octets() {
    assertThat(refuse("\ud83d\udc0e\ud83d\udd0b\ud83d\udccc\ud83e\ude9d\ud83d\ude00".repeat(3)))
        .isNull();
    assertThat(refuse("    \u00e4 \u6c34 ' \" \\ ; --   ")).isNull();
  }

  @Test
  void R564_what_attackers_try_first_is_refused() {
    for (var poor :
        new String[] {
          "passwordpassword",
          "PasswordPassword",
          "aaaaaaaaaaaaaaaa",
          "121212121212121212",
          "ada@long-name.example.com",
          "ADA@long-name.example.com"
        }) {
      assertThat(refuse(poor)).as(poor).isNotNull();
    }
  }

  /// ASVS 6.2.4: how people make fifteen characters of what they would take with eight. The
  /// patterns are those of leaked passwords; each stands for all that are made in its way.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789123456789",
        "123456789987654321",
        "12345678900987654321",
        "010203040506070809",
        "102030405060708090",
        "1324354657687980",
        "1213141516171819",
        "112233445566778899",
        "111222333444555",
        "122333444455555",
        "147258369147258369",
        "qwertyuiopasdfghjkl",
        "mnbvcxzlkjhgfdsa",
        "qwertzuiopasdfghjkl",
        "1234qwerasdfzxcv",
        "1q2w3e4r5t6y7u8i",
        "a1s2d3f4g5h6j7k8",
        "1qaz2wsx3edc4rfv",
        "zaq1xsw2cde3vfr4",
        "1qazxsw23edcvfr4",
        "12qwaszx34erdfcv",
        "qazwsxedcrfvtgb",
        "qazxswedcvfrtgb",
        "qweasdzxcqweasdzxc",
        "!QAZ@WSX#EDC$RFV",
        "abcdefghijklmnop",
        "zyxwvutsrqponmlk",
        "abcabcabcabcabc",
        "password123456789",
        "1234567890password",
        "PASSWORDpassword",
        "passworddrowssap",
        "P@ssw0rd!P@ssw0rd!",
        "P4$$w0rdP4$$w0rd",
        "MyPassword2026!!",
        "Password-Password",
        "thisismypassword",
        "changethispassword",
        "letmeinletmein123",
        "Welcome123456789!",
        "Administrator2026!",
        "admin123admin123",
        "adminadminadmin12",
        "rootrootrootroot1",
        "postern-admin-2026",
        "PosternPassword1",
        "smtpserver123456",
        "iloveyou12345678",
        "iloveyouiloveyou",
        "ILoveYouForever!",
        "jennifer14021992",
        "14021992jennifer",
        "michael19920214",
        "sashasashasasha",
        "natasha1234567890",
        "danieldaniela2004",
        "manchesterunited1",
        "Liverpool1892!!!!",
        "realmadrid123456",
        "cristianoronaldo7",
        "harrypotter12345",
        "worldofwarcraft1",
        "dragonballz12345",
        "linkinpark123456",
        "mychemicalromance",
        "stairwaytoheaven",
        "allyouneedislove",
        "dontworrybehappy",
        "maytheforcebewithyou",
        "raidersofthelostark",
        "correcthorsebatterystaple",
        "correct-horse-battery-staple",
        "supercalifragilisticexpialidocious",
        "sunshine.sunshine.1",
        "summer2025summer",
        "Winter2025Winter2026",
        "FootballFootball99",
        "monkeydragonshadow",
        "gfhjkmgfhjkmgfhjkm",
        "gfhjkm123456789",
        "motdepasse123456",
        "hallohallohallo1",
        "passwortpasswort",
        "tequieromucho123",
        "ada-long-name-2026",
        "AdaAdaAdaAda2026"
      })
  void R564_what_is_put_together_as_people_do_is_refused(String poor) {
    assertThat(refuse(poor)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "847261950372618",
        "kX9#mQ2$vL7@pT4",
        "jqvwzmtkxrbhpnd",
        "tango velvet oyster",
        "blue piano river seventeen",
        "dragon sunshine monkey football",
        "My dog ate 3 lemons!",
        "Sommerurlaub in Tirol",
        "wer reitet so sp\u00e4t durch Nacht",
        "f7e2a9c4b8d1e6f3",
        "3b7c1e9a-5d2f-4860",
        "Ein kleiner gr\u00fcner Kaktus 7"
      })
  void R564_what_nobody_would_put_together_is_taken(String good) {
    assertThat(refuse(good)).isNull();
  }

  /// Whoever draws at random must not be refused. Of numbers some look like dates and runs.
  @ParameterizedTest
  @CsvSource({
    "0123456789,120",
    "0123456789abcdef,5",
    "abcdefghijklmnopqrstuvwxyz,2",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,2"
  })
  void R564_what_is_drawn_at_random_is_taken(String alphabet, int refusedMax) {
    var random = new Random(564);
    var refused = 0;
    for (var i = 0; i < 2_000; i++) {
      var drawn = new StringBuilder();
      while (drawn.length() < 16) {
        drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      refused += refuse(drawn.toString()) == null ? 0 : 1;
    }
    assertThat(refused).isLessThanOrEqualTo(refusedMax);
  }

  private @Nullable String refuse(String password) {
    return rules.refuse(Secret.of(password), "ada@long-name.example.com");
  }

  private static String of(int length) {
    return "correct horse battery staple ".repeat(5).substring(0, length - 1) + "!";
  }
}
