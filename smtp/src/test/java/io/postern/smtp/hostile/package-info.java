/// Servers that mean harm, and a client with little memory.
@NullMarked
package io.postern.smtp.hostile;

import org.jspecify.annotations.NullMarked;
