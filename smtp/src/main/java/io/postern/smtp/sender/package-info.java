/// What the world can know about a sender from the DNS, and what receivers will make of it.
@NullMarked
package io.postern.smtp.sender;

import org.jspecify.annotations.NullMarked;
