package io.postern.console.platform.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who is acting: a signed-in account, through a session or a scoped API key. Controllers take it
/// as a parameter.
///
/// @param uid the account's identifier
/// @param tenantUid the tenant of a tenant administrator, absent for system accounts
/// @param factorAt when a factor was last given; step-up looks at its age (PLAN 4)
/// @param address the client's address, for the audit log
public record Actor(
    String uid,
    String email,
    Role role,
    @Nullable String tenantUid,
    Instant factorAt,
    String address) {
  /// The request attribute under which the sign-in filter leaves the actor.
  public static final String ATTRIBUTE = Actor.class.getName();

  /// The process itself, or somebody at its terminal.
  public static Actor system(Instant now) {
    return new Actor("system", "system", Role.ROOT, null, now, "local");
  }
}
