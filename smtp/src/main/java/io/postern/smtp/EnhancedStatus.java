package io.postern.smtp;

/// An enhanced status code such as `5.7.8` (RFC 3463).
///
/// @param category the class: 2 success, 4 persistent transient failure, 5 permanent failure
/// @param subject 0 to 999
/// @param detail 0 to 999
public record EnhancedStatus(int category, int subject, int detail) {
  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
