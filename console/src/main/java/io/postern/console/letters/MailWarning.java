package io.postern.console.letters;

/// What an operator should know before a letter goes out.
///
/// @param remedy what the link is called
/// @param path where it can be mended
public record MailWarning(String sentence, String remedy, String path) {}
