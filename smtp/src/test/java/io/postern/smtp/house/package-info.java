/// What the module may use.
@NullMarked
package io.postern.smtp.house;

import org.jspecify.annotations.NullMarked;
