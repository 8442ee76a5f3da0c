/// Names to addresses, and what the DNS says when it does not answer.
@NullMarked
package io.postern.smtp.dns;

import org.jspecify.annotations.NullMarked;
