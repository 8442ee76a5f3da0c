package io.postern.console.settings;

import io.postern.console.platform.database.Transaction;

/// A configuration was saved. Published within the transaction that saves it, so that what follows
/// from it cannot be left undone.
///
/// @param validated whether it was found valid before
public record RelayChanged(Transaction transaction, long number, boolean validated) {}
