/// The one path to a mail server: open, EHLO, TLS, sign in, envelope, content.
@NullMarked
package io.postern.smtp.session;

import org.jspecify.annotations.NullMarked;
