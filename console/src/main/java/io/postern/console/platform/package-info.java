/// What every room stands on: process settings, the data directory, keys, identifiers.
@NullMarked
package io.postern.console.platform;

import org.jspecify.annotations.NullMarked;
