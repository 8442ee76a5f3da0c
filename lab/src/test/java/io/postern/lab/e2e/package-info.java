/// The operator's journeys in a real browser, against a real Postfix. Tagged `lab`.
@NullMarked
package io.postern.lab.e2e;

import org.jspecify.annotations.NullMarked;
