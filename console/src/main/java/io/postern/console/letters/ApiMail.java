package io.postern.console.letters;

/// What another part of the platform wants sent.
///
/// @param html empty when there is only text
public record ApiMail(String subject, String text, String html) {}
