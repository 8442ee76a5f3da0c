package io.postern.console.platform.web;

/// Nobody is signed in: pages answer with the sign-in page, the API with 401.
public final class NotSignedInException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
