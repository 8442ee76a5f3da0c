/// The face for programs under /v1.
@NullMarked
package io.postern.console.api;

import org.jspecify.annotations.NullMarked;
