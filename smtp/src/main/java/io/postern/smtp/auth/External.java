package io.postern.smtp.auth;

/// EXTERNAL (RFC 4422 appendix A): the identity comes from outside, such as a client certificate.
record External() implements Mechanism {
  @Override
  public String name() {
    return "EXTERNAL";
  }

  @Override
  public byte[] initialResponse() {
    return new byte[0];
  }

  @Override
  public byte[] answer(byte[] challenge) {
    return new byte[0];
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }
}
