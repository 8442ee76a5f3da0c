/// SMTP configuration: drafts, versions, validation.
@NullMarked
package io.postern.console.settings;

import org.jspecify.annotations.NullMarked;
