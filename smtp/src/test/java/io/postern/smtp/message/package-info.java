/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.message;

import org.jspecify.annotations.NullMarked;
