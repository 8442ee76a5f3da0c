package io.postern.console.settings;

/// A configuration was saved and is in force. Published after the commit.
///
/// @param validated whether it was found valid before
public record RelayChanged(long number, boolean validated) {}
