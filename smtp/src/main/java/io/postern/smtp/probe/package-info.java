/// Second looks beside a check's session, which tell causes apart that look alike from one
/// connection: cheap, bounded, and never a second sign-in (docs/adr/0007).
@NullMarked
package io.postern.smtp.probe;

import org.jspecify.annotations.NullMarked;
