/// Rendered messages: their checks and their form on the wire.
@NullMarked
package io.postern.smtp.message;

import org.jspecify.annotations.NullMarked;
