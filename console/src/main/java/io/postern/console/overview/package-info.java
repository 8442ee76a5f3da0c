/// The first page: is mail healthy?
@NullMarked
package io.postern.console.overview;

import org.jspecify.annotations.NullMarked;
