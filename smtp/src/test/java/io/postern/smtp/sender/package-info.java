@NullMarked
package io.postern.smtp.sender;

import org.jspecify.annotations.NullMarked;
