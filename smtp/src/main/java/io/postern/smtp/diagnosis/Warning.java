package io.postern.smtp.diagnosis;

/// Something the operator should know although the configuration works.
public record Warning(String cause, String summary) {}
