/// The product: one jar, server and command line.
@NullMarked
package io.postern.console;

import org.jspecify.annotations.NullMarked;
