package io.postern.console.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which roles may call a handler; on a class for all its handlers, on a method for that one. A
/// handler with neither this nor [Open] is refused to everybody.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Allow {
  Role[] value();
}
