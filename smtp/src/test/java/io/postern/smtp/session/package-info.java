/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.session;

import org.jspecify.annotations.NullMarked;
