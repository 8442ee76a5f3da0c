package io.postern.console.platform.web;

import org.jspecify.annotations.Nullable;

/// What every page needs besides its own matter: title, menu, who is signed in, the CSRF token, one
/// message.
///
/// @param active the menu item to mark; absent on pages outside the menu
/// @param actor absent while nobody is signed in
/// @param csrf the token that every form repeats as `_csrf`
/// @param theme `light`, `dark` or `auto`
/// @param waiting how many mails wait, for the badge beside *Mail*
/// @param message what just happened, shown once
public record Frame(
    String title,
    @Nullable MenuItem active,
    @Nullable Actor actor,
    String csrf,
    String theme,
    long waiting,
    @Nullable String message) {}
