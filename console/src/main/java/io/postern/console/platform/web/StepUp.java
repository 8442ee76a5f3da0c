package io.postern.console.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A handler that needs a factor younger than 15 minutes (PLAN 4, R-567). With an older one the
/// console asks for the password and then does what was asked, with everything that was typed; the
/// API answers 403 `step-up-required`. Where it depends on the matter, call [Freshness] instead.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface StepUp {}
