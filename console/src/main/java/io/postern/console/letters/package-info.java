/// What Postern writes, and how it looks.
@NullMarked
package io.postern.console.letters;

import org.jspecify.annotations.NullMarked;
