package io.postern.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a spreadsheet would run must come out as text.
final class AuditExportTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "  =HYPERLINK(\"http://evil.example\")",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1+1"
      })
  void formulas_are_marked_as_text(String text) {
    assertThat(AuditExport.cell(text)).startsWith("\"'").endsWith("\"");
  }

  @Test
  void other_cells_are_quoted_and_otherwise_unchanged() {
    assertThat(AuditExport.cell("Acme, \"Ltd\"\nBerlin"))
        .isEqualTo("\"Acme, \"\"Ltd\"\"\nBerlin\"");
    assertThat(AuditExport.cell("")).isEqualTo("\"\"");
    assertThat(AuditExport.cell("a=b")).isEqualTo("\"a=b\"");
  }
}
