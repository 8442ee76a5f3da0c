package io.postern.console.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.console.platform.ProcessSettings.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PRODUCT, *Settings of the process*: flag over variable over file over default.
class ProcessSettingsTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void the_default_holds_when_nobody_said_anything() {
    var settings = ProcessSettings.resolve(Map.of(), Map.of());
    assertEquals(8080, settings.port());
    assertEquals(Origin.DEFAULT, settings.value(Setting.PORT).origin());
    assertEquals(Path.of("data").toAbsolutePath(), settings.dataDirectory());
    assertEquals(Path.of("data/key").toAbsolutePath(), settings.keyFile());
  }

  @Test
  void the_file_wins_over_the_default() throws IOException {
    Files.writeString(
        directory.resolve("postern.properties"), "port = 8181 \nbase-url=https://p.example\n");
    var settings = inDirectory(Map.of(), Map.of());
    assertEquals(8181, settings.port());
    assertEquals(Origin.FILE, settings.value(Setting.PORT).origin());
    assertEquals("https://p.example", settings.text(Setting.BASE_URL));
  }

  @Test
  void the_variable_wins_over_the_file_and_the_flag_over_both() throws IOException {
    Files.writeString(directory.resolve("postern.properties"), "port=8181\n");
    var variable = Map.of("POSTERN_PORT", "8282");
    assertEquals(8282, inDirectory(Map.of(), variable).port());
    var flagged = inDirectory(Map.of(Setting.PORT, "8383"), variable);
    assertEquals(8383, flagged.port());
    assertEquals(Origin.FLAG, flagged.value(Setting.PORT).origin());
  }

  @Test
  void an_empty_variable_is_as_good_as_none() {
    assertEquals(8080, inDirectory(Map.of(), Map.of("POSTERN_PORT", "")).port());
  }

  @Test
  void ports_end_at_65535() {
    assertEquals(65535, inDirectory(Map.of(Setting.PORT, "65535"), Map.of()).port());
    for (var wrong : new String[] {"65536", "-1", "eighty", "99999999999"}) {
      var refusal =
          assertThrows(
              UnusableSettingException.class,
              () -> inDirectory(Map.of(Setting.PORT, wrong), Map.of()));
      assertTrue(refusal.sentence().contains("1 to 65535"), refusal.sentence());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "ftp://p.example",
        "https://p.example/",
        "https://a:b@p.example",
        "https://p.example?x",
        "https://p\u00f6st.example"
      })
  void a_base_url_that_no_link_could_begin_with_stops_the_start(String wrong) {
    var refusal =
        assertThrows(
            UnusableSettingException.class,
            () -> inDirectory(Map.of(Setting.BASE_URL, wrong), Map.of()));
    assertTrue(refusal.sentence().contains("The base URL is \"" + wrong), refusal.sentence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prot=8081", "data-dir=/elsewhere"})
  void a_line_that_sets_nothing_stops_the_start(String line) throws IOException {
    Files.writeString(directory.resolve("postern.properties"), "port=8181\n" + line + "\n");
    var refusal =
        assertThrows(UnusableSettingException.class, () -> inDirectory(Map.of(), Map.of()));
    assertTrue(refusal.sentence().contains("It can set base-url, bind, "), refusal.sentence());
  }

  @Test
  void an_address_to_listen_on_that_is_none_stops_the_start() {
    var refusal =
        assertThrows(
            UnusableSettingException.class,
            () -> inDirectory(Map.of(Setting.BIND, "no.such.host.invalid"), Map.of()));
    assertTrue(refusal.sentence().contains("0.0.0.0 for all"), refusal.sentence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "10.0.0.0/99", "10.0.0.0/", "127.0.0.1,,", "proxy.example"})
  void R544_a_trusted_proxy_that_is_no_address_stops_the_start(String wrong) {
    var refusal =
        assertThrows(
            UnusableSettingException.class,
            () -> inDirectory(Map.of(Setting.TRUSTED_PROXIES, wrong), Map.of()));
    assertTrue(refusal.sentence().startsWith("The trusted proxy \""), refusal.sentence());
  }

  @Test
  void R544_trusted_proxies_are_addresses_and_ranges() {
    var flags = Map.of(Setting.TRUSTED_PROXIES, "127.0.0.1, fd00::/8");
    assertEquals(
        Cidr.list("127.0.0.1/32", "fd00::/8"), inDirectory(flags, Map.of()).trustedProxies());
    assertEquals(List.of(), inDirectory(Map.of(), Map.of()).trustedProxies());
  }

  private ProcessSettings inDirectory(Map<Setting, String> flags, Map<String, String> environment) {
    var all = new java.util.HashMap<>(environment);
    all.put("POSTERN_DATA_DIR", directory.toString());
    return ProcessSettings.resolve(flags, all);
  }
}
