package io.postern.smtp.session;

import io.postern.smtp.Mailbox;

/// Who a message is from and for on the wire: one reverse-path and one recipient.
///
/// @param id the outbox id, sent as ENVID where DSN is offered
public record Envelope(Mailbox reversePath, Mailbox recipient, String id) {}
