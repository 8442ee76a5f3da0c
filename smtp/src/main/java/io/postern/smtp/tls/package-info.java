/// Handshakes, and the judgement of certificates.
@NullMarked
package io.postern.smtp.tls;

import org.jspecify.annotations.NullMarked;
