package io.postern.console.letters;

import org.jspecify.annotations.Nullable;

/// A letter ready to be packed into a message.
///
/// @param text with CRLF line ends
/// @param html absent when there is only text
public record RenderedLetter(String subject, String text, @Nullable String html) {}
