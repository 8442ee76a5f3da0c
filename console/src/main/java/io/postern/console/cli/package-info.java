/// The command line.
@NullMarked
package io.postern.console.cli;

import org.jspecify.annotations.NullMarked;
