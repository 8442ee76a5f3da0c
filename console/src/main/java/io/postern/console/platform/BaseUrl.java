package io.postern.console.platform;

/// The configured address of this instance, without a slash at the end.
public interface BaseUrl {
  String baseUrl();
}
