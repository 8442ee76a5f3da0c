/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.check;

import org.jspecify.annotations.NullMarked;
