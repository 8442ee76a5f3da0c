/// The house rules and doors, as tests (STYLE: sizes, banned words; ARCHITECTURE: who may use
/// whom).
@NullMarked
package io.postern.console.house;

import org.jspecify.annotations.NullMarked;
