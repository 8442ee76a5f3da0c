/// Tenants and their invitations.
@NullMarked
package io.postern.console.tenants;

import org.jspecify.annotations.NullMarked;
