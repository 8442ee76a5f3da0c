package io.postern.console.settings;

import io.postern.console.platform.database.Transaction;

/// The configuration in force was just found valid. Published within the transaction that notes it.
public record RelayProved(Transaction transaction) {}
