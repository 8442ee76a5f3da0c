/// Mails on their way: durable, leased, retried, explained.
@NullMarked
package io.postern.console.outbox;

import org.jspecify.annotations.NullMarked;
