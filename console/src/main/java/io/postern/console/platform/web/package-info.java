/// Pages, who may open them, and how errors look.
@NullMarked
package io.postern.console.platform.web;

import org.jspecify.annotations.NullMarked;
