package io.postern.console.accounts;

import io.postern.console.platform.web.Role;
import org.jspecify.annotations.Nullable;

/// An account to be made. It can do nothing until a password is set.
///
/// @param tenantUid absent for a system account
/// @param email as [io.postern.smtp.Mailbox] prints it
/// @param createdBy the address of who makes it, for the list
public record NewAccount(
    @Nullable String tenantUid,
    Role role,
    String email,
    String firstName,
    String lastName,
    String createdBy) {}
