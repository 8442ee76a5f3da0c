package io.postern.console.accounts;

import io.postern.console.platform.web.Role;
import java.util.List;

/// A role that somebody may give to a system account, as a form offers it.
///
/// @param word of the API, such as `AccountAdmin`
/// @param reach what it may do
public record RoleChoice(String word, String label, String reach, boolean isChosen) {
  /// @param giver the role of who chooses: only root makes root
  /// @param chosen the word that stands in the form, empty for none
  static List<RoleChoice> of(Role giver, String chosen) {
    return NewSystemAccount.ROLES.stream()
        .filter(role -> giver == Role.ROOT || role != Role.ROOT)
        .map(role ->
            new RoleChoice(
                role.adminType(),
                role.label(),
                NewSystemAccount.reach(role),
                role.adminType().equals(chosen)))
        .toList();
  }
}
