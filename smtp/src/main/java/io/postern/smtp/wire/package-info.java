/// Octets to replies, commands to octets; every line is recorded redacted.
@NullMarked
package io.postern.smtp.wire;

import org.jspecify.annotations.NullMarked;
