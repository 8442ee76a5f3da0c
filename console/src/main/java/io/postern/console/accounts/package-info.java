/// Accounts, sign-in, sessions, and the changes their owners confirm.
@NullMarked
package io.postern.console.accounts;

import org.jspecify.annotations.NullMarked;
