/// The nouns of the protocol that every other package shares.
@NullMarked
package io.postern.smtp;

import org.jspecify.annotations.NullMarked;
