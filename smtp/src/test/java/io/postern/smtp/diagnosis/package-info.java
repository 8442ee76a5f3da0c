@NullMarked
package io.postern.smtp.diagnosis;

import org.jspecify.annotations.NullMarked;
