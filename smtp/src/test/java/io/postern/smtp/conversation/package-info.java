/// Conversations written down as text files, played against the real engine.
@NullMarked
package io.postern.smtp.conversation;

import org.jspecify.annotations.NullMarked;
