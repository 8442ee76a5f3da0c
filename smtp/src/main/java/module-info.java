/// An SMTP submission client that explains itself: one engine for checking a relay and for sending
/// through it.
@org.jspecify.annotations.NullMarked
module io.postern.smtp {
  requires static transitive org.jspecify;
  requires org.dnsjava;
  requires com.ongres.scram.client;
  requires java.naming;

  exports io.postern.smtp;
  exports io.postern.smtp.check;
  exports io.postern.smtp.diagnosis;
  exports io.postern.smtp.discovery;
  exports io.postern.smtp.dns;
  exports io.postern.smtp.message;
  exports io.postern.smtp.sender;
  exports io.postern.smtp.session;
  exports io.postern.smtp.tls;
}
