/// From what was seen to the one cause and its fix.
@NullMarked
package io.postern.smtp.diagnosis;

import org.jspecify.annotations.NullMarked;
