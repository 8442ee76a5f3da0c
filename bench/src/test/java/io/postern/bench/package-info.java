/// Measurements of Postern beside its peers, in one sitting on one machine; see `bench/README.md`.
@NullMarked
package io.postern.bench;

import org.jspecify.annotations.NullMarked;
