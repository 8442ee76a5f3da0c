@NullMarked
package io.postern.smtp.probe;

import org.jspecify.annotations.NullMarked;
