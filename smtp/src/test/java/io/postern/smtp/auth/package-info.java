/// Tests of the package of the same name.
@NullMarked
package io.postern.smtp.auth;

import org.jspecify.annotations.NullMarked;
