package io.postern.console.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The scopes that a key must have for a call, any one of them; none: every key will do. Tokens,
/// which somebody got for a password, have all scopes. A call without this is closed to keys.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {
  Scope[] value();
}
