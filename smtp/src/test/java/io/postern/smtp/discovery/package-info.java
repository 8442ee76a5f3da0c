@NullMarked
package io.postern.smtp.discovery;

import org.jspecify.annotations.NullMarked;
