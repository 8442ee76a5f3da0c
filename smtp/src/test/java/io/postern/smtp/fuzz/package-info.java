/// What `lab/fuzz` feeds with anything: one class for each thing that reads what a stranger wrote.
@NullMarked
package io.postern.smtp.fuzz;

import org.jspecify.annotations.NullMarked;
