/// Where the provider of a mail address takes mail: what *Fill in for me* asks.
@NullMarked
package io.postern.smtp.discovery;

import org.jspecify.annotations.NullMarked;
