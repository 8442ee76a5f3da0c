package io.postern.console.platform;

import org.jspecify.annotations.Nullable;

/// A setting of the process: flag over variable over `postern.properties` over default (PRODUCT.md,
/// *Settings of the process*).
public enum Setting {
  PORT("--port", "POSTERN_PORT", "8080", "TCP port of the console"),
  BIND("--bind", "POSTERN_BIND", "127.0.0.1", "address to listen on; loopback unless set"),
  DATA_DIR(
      "--data-dir", "POSTERN_DATA_DIR", "./data", "directory of database, key and properties file"),
  BASE_URL(
      "--base-url",
      "POSTERN_BASE_URL",
      null,
      "address of this instance in letters; default http://localhost:PORT"),
  DATABASE_URL(
      "--database-url",
      "POSTERN_DATABASE_URL",
      null,
      "postgresql://user@host:port/db; none: SQLite in the data directory"),
  DATABASE_PASSWORD_FILE(
      "--database-password-file",
      "POSTERN_DATABASE_PASSWORD_FILE",
      null,
      "file with the database password"),
  KEY_FILE(
      "--key-file", "POSTERN_KEY_FILE", null, "file with the instance key; default DATA_DIR/key"),
  TLS_CERTIFICATE(
      "--tls-certificate",
      "POSTERN_TLS_CERTIFICATE",
      null,
      "PEM certificate chain of the console; none: the one entered in the console, else HTTP"),
  TLS_KEY("--tls-key", "POSTERN_TLS_KEY", null, "PEM private key of the console"),
  HTTP_PORT(
      "--http-port",
      "POSTERN_HTTP_PORT",
      null,
      "TCP port that leads browsers from HTTP to the base URL; none: none"),
  TRUSTED_PROXIES(
      "--trusted-proxies",
      "POSTERN_TRUSTED_PROXIES",
      null,
      "addresses of reverse proxies, comma separated"),
  EGRESS(
      "--egress",
      "POSTERN_EGRESS",
      "operator",
      "where Postern may connect: operator, strict, or a file of rules"),
  BOOTSTRAP_EMAIL(
      null, "POSTERN_BOOTSTRAP_EMAIL", null, "creates the root account on an empty database"),
  BOOTSTRAP_PASSWORD_FILE(
      null, "POSTERN_BOOTSTRAP_PASSWORD_FILE", null, "password of that root account");

  private final @Nullable String flag;
  private final String variable;
  private final @Nullable String fallback;
  private final String meaning;

  Setting(@Nullable String flag, String variable, @Nullable String fallback, String meaning) {
    this.flag = flag;
    this.variable = variable;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /// The command-line option, absent for settings that have none.
  public @Nullable String flag() {
    return flag;
  }

  public String variable() {
    return variable;
  }

  /// The key in `postern.properties`: the variable without its prefix, in lower case, with hyphens.
  public String property() {
    return variable
        .substring("POSTERN_".length())
        .toLowerCase(java.util.Locale.ROOT)
        .replace('_', '-');
  }

  public @Nullable String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }
}
