/// Who did what: append-only.
@NullMarked
package io.postern.console.audit;

import org.jspecify.annotations.NullMarked;
