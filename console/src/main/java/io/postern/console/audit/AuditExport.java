package io.postern.console.audit;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// In which form entries leave the instance.
enum AuditExport {
  /// For spreadsheets (RFC 4180).
  CSV("text/csv;charset=UTF-8", "csv"),
  /// For programs: one JSON object in each line.
  JSON("application/x-ndjson;charset=UTF-8", "jsonl");

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String mediaType;
  private final String ending;

  AuditExport(String mediaType, String ending) {
    this.mediaType = mediaType;
    this.ending = ending;
  }

  /// @return null when there is no such form
  static @Nullable AuditExport ofWord(@Nullable String word) {
    return Stream.of(values())
        .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }

  String mediaType() {
    return mediaType;
  }

  String fileName() {
    return "postern-audit." + ending;
  }

  /// What stands before the first entry.
  String head() {
    return switch (this) {
      case CSV ->
          "sequence,at,actor,actor uid,address,action,object kind,object uid,object name,sentence,uid,previous hash,hash\r\n";
      case JSON -> "";
    };
  }

  String line(AuditEntry entry) {
    return switch (this) {
      case CSV -> csv(entry);
      case JSON -> MAPPER.writeValueAsString(AuditJson.of(entry)) + "\n";
    };
  }

  private static String csv(AuditEntry entry) {
    var cells =
        List.of(
            Long.toString(entry.sequence()),
            entry.at().toString(),
            entry.who().email(),
            entry.who().uid(),
            entry.who().address(),
            entry.action().word(),
            entry.object().kind(),
            entry.object().uid(),
            entry.object().name(),
            entry.sentence(),
            entry.uid(),
            entry.previousHash(),
            entry.hash());
    return cells.stream().map(AuditExport::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /// A spreadsheet takes a cell that begins with one of these for a formula, quoted or not, and
  /// runs it: what somebody typed as the name of a tenant must stay text. The apostrophe is how
  /// spreadsheets mark text.
  static String cell(String text) {
    var bare = text.stripLeading();
    var isFormula =
        (!bare.isEmpty() && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(bare.charAt(0)) >= 0)
            || (!text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0);
    return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
