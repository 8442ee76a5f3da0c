/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.wire;

import org.jspecify.annotations.NullMarked;
