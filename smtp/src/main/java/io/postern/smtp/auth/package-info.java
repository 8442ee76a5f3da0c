/// Sign-in mechanisms (RFC 4954).
@NullMarked
package io.postern.smtp.auth;

import org.jspecify.annotations.NullMarked;
