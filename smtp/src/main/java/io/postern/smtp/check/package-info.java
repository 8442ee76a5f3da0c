/// A session whose stages are watched: the ladder.
@NullMarked
package io.postern.smtp.check;

import org.jspecify.annotations.NullMarked;
