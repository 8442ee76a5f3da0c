/// Tests against real mail servers on loopback, which `lab/run` starts. Tagged `lab`.
@NullMarked
package io.postern.lab;

import org.jspecify.annotations.NullMarked;
