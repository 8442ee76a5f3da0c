/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.dns;

import org.jspecify.annotations.NullMarked;
