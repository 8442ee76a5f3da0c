package io.postern.console.accounts;

/// What one guess of a password costs: the memory and the passes of Argon2id (RFC 9106).
///
/// No setting of the process: whoever could lower it would weaken every password. Tests of other
/// things pass a cheap one.
///
/// @param memoryKibibytes filled for each password that is judged
/// @param passes over that memory
public record PasswordCost(int memoryKibibytes, int passes) {
  /// Above the floor of R-564: 19 MiB and 2 passes with one lane.
  public static final PasswordCost TODAY = new PasswordCost(24_576, 3);
}
