/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.tls;

import org.jspecify.annotations.NullMarked;
