package io.postern.smtp.auth;

/// What ties a sign-in to its TLS connection.
///
/// @param type `tls-exporter` (RFC 9266) or `tls-server-end-point` (RFC 5929)
@SuppressWarnings("ArrayRecordComponent")
public record ChannelBinding(String type, byte[] data) {}
